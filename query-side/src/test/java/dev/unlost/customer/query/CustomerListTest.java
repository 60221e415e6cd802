package dev.unlost.customer.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CustomerListTest {

    @Test
    void theBoundBeyondAPrefixIsTheNextCodePoint() {
        assertThat(CustomerList.beyond("ab")).isEqualTo("ac");
        assertThat(CustomerList.beyond("\uFFFF")).isEqualTo("\uD800\uDC00");
        assertThat(CustomerList.beyond("a\uD83D\uDE00")).isEqualTo("a\uD83D\uDE01");
    }

    @Test
    void surrogatesAreNoCharacters() {
        assertThat(CustomerList.beyond("\uD7FF")).isEqualTo("\uE000");
    }

    @Test
    void thereIsNothingBeyondTheLastCodePoint() {
        assertThat(CustomerList.beyond("a\uDBFF\uDFFF")).isEqualTo("b");
        assertThat(CustomerList.beyond("\uDBFF\uDFFF")).isNull();
        assertThat(CustomerList.beyond("")).isNull();
    }
}
