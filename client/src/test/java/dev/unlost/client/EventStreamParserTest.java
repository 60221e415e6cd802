package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamParserTest {

    private final EventStreamParser parser = new EventStreamParser();

    @Test
    void eventHasIdTypeAndData() throws IOException {
        assertThat(parse("id: 7\nevent: change\ndata: {}\n\n"))
                .containsExactly(new ServerSentEvent("7", "change", "{}"));
    }

    @Test
    void dataOfSeveralLinesIsJoinedByLineFeeds() throws IOException {
        assertThat(parse("data: a\ndata\ndata: b\n\n")).containsExactly(message("a\n\nb"));
    }

    @Test
    void onlyOneSpaceAfterTheColonIsLeftOut() throws IOException {
        assertThat(parse("data:a\n\ndata: a\n\ndata:  a\n\n"))
                .containsExactly(message("a"), message("a"), message(" a"));
    }

    @Test
    void commentsAndUnknownFieldsAreLeftOut() throws IOException {
        assertThat(parse(": hello\n:\nfuture: x\ndata: a\n: there\n\n")).containsExactly(message("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyKindOfLineEndEndsALine(String end) throws IOException {
        String text = "event: e%1$sdata: a%1$sdata: b%1$s%1$sdata: c%1$s%1$s".formatted(end);

        assertThat(parse(text)).containsExactly(new ServerSentEvent(null, "e", "a\nb"), message("c"));
    }

    @Test
    void byteOrderMarkIsLeftOutAtTheBeginningOnly() throws IOException {
        assertThat(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: \uFEFFc\n\n"))
                .containsExactly(message("a"), message("\uFEFFc"));
    }

    @Test
    void eventWithoutDataIsNone() throws IOException {
        assertThat(parse("event: change\nid: 3\n\n\n\ndata: a\n\n"))
                .as("its type is forgotten, its id counts")
                .containsExactly(new ServerSentEvent("3", "message", "a"));
    }

    @Test
    void emptyDataIsData() throws IOException {
        assertThat(parse("data\n\n")).containsExactly(message(""));
    }

    @Test
    void idWithNulIsNone() throws IOException {
        assertThat(parse("id: a\0b\ndata: a\n\n")).containsExactly(message("a"));
    }

    @Test
    void idsArePerEvent() throws IOException {
        assertThat(parse("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n"))
                .containsExactly(
                        new ServerSentEvent("1", "message", "a"),
                        message("b"),
                        new ServerSentEvent("", "message", "c"));
    }

    @Test
    void retryIsDigitsOnly() throws IOException {
        parse("retry: 1500\nretry: soon\nretry: -1\n\n");

        assertThat(parser.reconnectionTime()).contains(Duration.ofMillis(1500));
    }

    @Test
    void eventThatBreaksOffIsNone() throws IOException {
        assertThat(parse("data: a\n\ndata: b\n")).containsExactly(message("a"));
    }

    @Test
    void eventBeyondAllBoundsIsAnError() {
        assertThatThrownBy(() -> parse("data: " + "x".repeat(1 << 20))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> parse(("data: " + "x".repeat(1 << 16) + "\n").repeat(17)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void boundariesOfPiecesMeanNothing() throws IOException {
        String text = "\uFEFFid: ä1\r\nevent: change\r\ndata: ß€😀\rdata: 2\n\r\n: c\r\rdata: x\n\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<ServerSentEvent> whole = parse(text);
        assertThat(whole).containsExactly(new ServerSentEvent("ä1", "change", "ß€😀\n2"), message("x"));

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                EventStreamParser other = new EventStreamParser();
                List<ServerSentEvent> events = new ArrayList<>();
                other.read(ByteBuffer.wrap(bytes, 0, first), events::add);
                other.read(ByteBuffer.wrap(bytes, first, second - first), events::add);
                other.read(ByteBuffer.wrap(bytes, second, bytes.length - second), events::add);
                assertThat(events).isEqualTo(whole);
            }
        }
    }

    private List<ServerSentEvent> parse(String text) throws IOException {
        List<ServerSentEvent> events = new ArrayList<>();
        parser.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), events::add);
        return events;
    }

    private static ServerSentEvent message(String data) {
        return new ServerSentEvent(null, "message", data);
    }
}
