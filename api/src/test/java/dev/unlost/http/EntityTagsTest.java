package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    @Test
    void aTagIsStrongAndTheVersionInQuotes() {
        assertThat(EntityTags.of(7)).isEqualTo("\"7\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"7\"",
                "W/\"7\"",
                "\"7-gzip\"",
                "*",
                " * ",
                "\"6\", \"7\"",
                "\"7\",\"8\"",
                "\"x,y\", \"7\"",
                ",\"7\",",
                "\"\", W/\"7\""
            })
    void theVersionIsKnown(String ifNoneMatch) {
        assertThat(EntityTags.anyMatches(List.of(ifNoneMatch), 7)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"6\"", "\"77\"", "7", "\"7", "w/\"7\"", "\"7\" \"8\"", "\"7\", x", "\"6,7\"", "*, \"6\""})
    void theVersionIsNotKnown(String ifNoneMatch) {
        assertThat(EntityTags.anyMatches(List.of(ifNoneMatch), 7)).isFalse();
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(EntityTags.anyMatches(List.of("\"6\"", "\"7\""), 7)).isTrue();
        assertThat(EntityTags.anyMatches(List.of(), 7)).isFalse();
    }
}
