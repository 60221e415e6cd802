package dev.unlost.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.GenericMessage;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void messagesHaveIdsInTheOrderOfTime() {
        assertThat(UUID.fromString(new GenericMessage<>("anything").getIdentifier())
                        .version())
                .isEqualTo(7);
    }

    @Test
    void noTwoMessagesHaveTheSame() {
        assertThat(Stream.generate(() -> new GenericMessage<>("anything").getIdentifier())
                        .parallel()
                        .limit(100_000))
                .doesNotHaveDuplicates();
    }
}
