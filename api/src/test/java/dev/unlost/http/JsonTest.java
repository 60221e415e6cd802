package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void oneObjectIsRead() {
        assertThat(Json.object(utf8(" {\"a\":\"Zoë 😀\"}\n")).get("a").stringValue())
                .isEqualTo("Zoë 😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {}",
                "{\"a\":1},",
                "{} x",
                "[]",
                "[{}]",
                "null",
                "true",
                "7",
                "\"a\"",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":1,\"\\u0061\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x1}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":[1,]}",
                "{\"a\" 1}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{} // comment",
                "/* comment */ {}",
                "# comment\n{}",
                "\uFEFF{}",
                "{\"a\":tru}",
                "{\"a\":undefined}",
                "{\"a\":\"b}",
                "<a/>",
                "a=1"
            })
    void anythingElseIsMalformed(String text) {
        assertThat(refusal(utf8(text))).isEqualTo(ProblemType.MALFORMED_BODY);
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        assertThat(refusal(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xE4, '"', '}'}))
                .isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'}))
                .isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}))
                .isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16BE))).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_16LE))).isEqualTo(ProblemType.MALFORMED_BODY);
    }

    @Test
    void fiftyLevelsAreFineAndOneMoreIsNot() {
        assertThat(Json.object(utf8(nested(50)))).isNotNull();
        assertThat(refusal(utf8(nested(51)))).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(refusal(utf8(nested(100_000)))).isEqualTo(ProblemType.MALFORMED_BODY);
    }

    @Test
    void absurdNumbersAreMalformed() {
        assertThat(refusal(utf8("{\"a\":" + "9".repeat(100_000) + "}"))).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(Json.object(utf8("{\"a\":1e999999999}")).get("a").isNumber()).isTrue();
    }

    @Test
    void whatIsWrongIsToldWithoutTheText() {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> Json.object(utf8("{\n\"a\": secret}")));
        assertThat(refused.problem().detail()).contains("line 2").doesNotContain("secret", "tools.jackson");
    }

    @Test
    void escapedSurrogatesAndZerosAreLeftToTheFields() {
        assertThat(Json.object(utf8("{\"a\":\"\\u0000\",\"b\":\"\\ud800\"}")).size())
                .isEqualTo(2);
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static ProblemType refusal(byte[] bytes) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> Json.object(bytes));
        assertThat(refused).as("refusal").isNotNull();
        return refused.problem().type();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
