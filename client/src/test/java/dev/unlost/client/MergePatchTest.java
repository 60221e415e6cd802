package dev.unlost.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1}               | {"a":1}               |   | {}
                    {"a":1,"b":2}         | {"a":1,"b":3}         |   | {"b":3}
                    {"a":1}               | {}                    |   | {"a":null}
                    {"a":1}               | {"a":null}            |   | {"a":null}
                    {"a":null}            | {}                    |   | {}
                    {}                    | {"a":null}            |   | {}
                    {"a":["x"]}           | {"a":["x","y"]}       |   | {"a":["x","y"]}
                    {"a":{"b":1,"c":2}}   | {"a":{"b":1}}         |   | {"a":{"b":1}}
                    {"a":{"b":1,"c":2}}   | {"a":{"b":3,"c":2}}   |   | {"a":{"b":3,"c":2}}
                    {"a":{"b":1,"c":2}}   | {"a":{"b":3,"c":2}}   | a | {"a":{"b":3}}
                    {"a":{"b":1,"c":2}}   | {"a":{"c":2}}         | a | {"a":{"b":null}}
                    {"a":{"b":1,"c":2}}   | {"a":{"b":1,"c":2}}   | a | {}
                    {"a":null}            | {"a":{"b":1}}         | a | {"a":{"b":1}}
                    {"a":{"b":1}}         | {"a":null}            | a | {"a":null}
                    """)
    void patchSaysWhatDiffers(String before, String after, String merged, String patch) {
        Set<String> members = merged == null ? Set.of() : Set.copyOf(Arrays.asList(merged.split(",")));

        assertThat(MergePatch.between(json(before), json(after), members)).isEqualTo(json(patch));
    }

    private static ObjectNode json(String text) {
        return Json.parse(text, "a test");
    }
}
