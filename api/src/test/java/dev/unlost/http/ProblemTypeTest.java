package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {

    @Test
    void slugsAreUnique() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::slug)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeCanBeRead(ProblemType type) {
        assertThat(type.slug()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(type.uri()).isEqualTo("/problems/" + type.slug());
        assertThat(type.status()).isBetween(400, 599);
        assertThat(type.title()).isNotBlank();
        assertThat(type.meaning()).endsWith(".");
        assertThat(type.remedy()).isNotBlank();
        assertThat(ProblemType.ofSlug(type.slug())).contains(type);
    }

    @Test
    void anEditConflictHasTheCodeThatClientsKnow() {
        assertThat(ProblemType.VERSION_CONFLICT.code()).isEqualTo("OPTIMISTIC_LOCK_CONFLICT");
        assertThat(ProblemType.VERSION_CONFLICT.status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "400,MALFORMED_REQUEST",
        "401,UNAUTHENTICATED",
        "403,FORBIDDEN",
        "404,NOT_FOUND",
        "405,METHOD_NOT_ALLOWED",
        "406,NOT_ACCEPTABLE",
        "413,BODY_TOO_LARGE",
        "414,URI_TOO_LONG",
        "415,UNSUPPORTED_MEDIA_TYPE",
        "431,HEADERS_TOO_LARGE",
        "417,MALFORMED_REQUEST",
        "500,INTERNAL_ERROR",
        "501,MALFORMED_REQUEST",
        "505,MALFORMED_REQUEST",
        "503,UNAVAILABLE",
    })
    void aStatusAloneHasAType(int status, ProblemType type) {
        assertThat(ProblemType.ofStatus(status)).isEqualTo(type);
    }

    @Test
    void detailsCanAlwaysBeWritten() {
        Problem problem = Problem.of(ProblemType.MALFORMED_QUERY, "a\ud800b\u0000c" + "x".repeat(1000));
        assertThat(new String(Json.bytes(problem.toJson()), java.nio.charset.StandardCharsets.UTF_8))
                .contains("a\uFFFDb\uFFFDc")
                .hasSizeLessThan(700);
    }
}
