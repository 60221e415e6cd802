package dev.unlost.versioning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTextTest {

    @Test
    void theBoundBeyondAPrefixIsTheNextCodePoint() {
        assertThat(SearchText.beyond("ab")).isEqualTo("ac");
        assertThat(SearchText.beyond("\uFFFF")).isEqualTo("\uD800\uDC00");
        assertThat(SearchText.beyond("a\uD83D\uDE00")).isEqualTo("a\uD83D\uDE01");
    }

    @Test
    void surrogatesAreNoCharacters() {
        assertThat(SearchText.beyond("\uD7FF")).isEqualTo("\uE000");
    }

    @Test
    void thereIsNothingBeyondTheLastCodePoint() {
        assertThat(SearchText.beyond("a\uDBFF\uDFFF")).isEqualTo("b");
        assertThat(SearchText.beyond("\uDBFF\uDFFF")).isNull();
        assertThat(SearchText.beyond("")).isNull();
    }
}
