package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final Cursor CURSOR = new Cursor("-name", "zoë 😀 & co", "0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0f");

    @Test
    void comesBackAsItWasGivenOut() {
        assertThat(Cursor.parse(CURSOR.toString(), "-name")).isEqualTo(CURSOR);
        assertThat(CURSOR.toString()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void holdsForItsOrderOnly() {
        assertThatThrownBy(() -> Cursor.parse(CURSOR.toString(), "name")).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!", "AAAA", "%00", "bmFtZQ", "bmFtZQ=="})
    void anythingElseIsMalformed(String text) {
        assertThatThrownBy(() -> Cursor.parse(text, "name")).isInstanceOf(ProblemException.class);
    }

    @Test
    void textThatCannotBeStoredIsMalformed() {
        for (String forged : new String[] {"name\nid\na\u0000", "name\nid", "name\nid\na\nb", "name\ni\td\na"}) {
            String text =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Cursor.parse(text, "name")).isInstanceOf(ProblemException.class);
        }
        String notUtf8 = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new byte[] {'n', 'a', 'm', 'e', '\n', (byte) 0xFF});
        assertThatThrownBy(() -> Cursor.parse(notUtf8, "name")).isInstanceOf(ProblemException.class);
    }

    @Test
    void paddingAndOtherSpellingsAreMalformed() {
        String padded = Base64.getUrlEncoder().encodeToString("name\nid\nab".getBytes(StandardCharsets.UTF_8));
        assertThat(padded).endsWith("=");
        assertThatThrownBy(() -> Cursor.parse(padded, "name")).isInstanceOf(ProblemException.class);
    }
}
