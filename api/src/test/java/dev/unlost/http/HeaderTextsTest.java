package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class HeaderTextsTest {

    @Test
    void everyCharacterIsTakenThatSpringSecurityTakes() {
        for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
            String text = "a" + Character.toString(character) + "b";
            assertThat(HeaderTexts.isName(text))
                    .as("name with %x", character)
                    .isEqualTo(StrictHttpFirewall.ALLOWED_HEADER_NAMES.test(text));
            assertThat(HeaderTexts.isValue(text))
                    .as("value with %x", character)
                    .isEqualTo(StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\t", "a\n", "\u0000", "\ud83d", "\ud83d\ude00", "\ude00\ud83d"})
    void soIsEveryText(String text) {
        assertThat(HeaderTexts.isName(text)).isEqualTo(StrictHttpFirewall.ALLOWED_HEADER_NAMES.test(text));
        assertThat(HeaderTexts.isValue(text)).isEqualTo(StrictHttpFirewall.ALLOWED_HEADER_VALUES.test(text));
    }
}
