package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merge=disjoint",
                "MERGE = \"disjoint\"",
                "respond-async, merge=disjoint;x=y",
                "note=\"a, b\", merge=disjoint",
                " , merge=disjoint ,"
            })
    void mergingIsAskedFor(String line) {
        assertThat(Preferences.mergesDisjoint(List.of("return=minimal", line))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "merge", "merge=all", "note=\"a, merge=disjoint\"", "xmerge=disjoint"})
    void otherPreferencesAreIgnored(String line) {
        assertThat(Preferences.mergesDisjoint(List.of(line))).isFalse();
    }

    /** Whoever looks ahead from every comma is not done with this in an hour. */
    @Test
    void aLineCostsNoMoreThanItsLength() {
        String line = ",".repeat(500_000) + "\"\"".repeat(250_000);
        assertThat(Preferences.mergesDisjoint(List.of(line))).isFalse();
        assertThat(Preferences.mergesDisjoint(List.of(line + ",merge=disjoint")))
                .isTrue();
    }
}
