package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unlost.http.Preconditions.Headers;
import dev.unlost.http.Preconditions.Write;
import dev.unlost.versioning.ExpectedVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PreconditionsTest {

    private static final String TIME = "2026-11-22T10:15:30.123456Z";
    private static final Instant INSTANT = Instant.parse(TIME);

    private static final MemberNames OTHER_NAMES = new MemberNames(
            "_v",
            "_createdAt",
            "_createdBy",
            "_updatedAt",
            "_updatedBy",
            List.of("_v", "version"),
            List.of("_updatedAt", "updatedAt"),
            Map.of());

    private static Headers headers(List<String> ifMatch, List<String> ifNoneMatch, List<String> ifUnmodifiedSince) {
        return new Headers(ifMatch, ifNoneMatch, ifUnmodifiedSince, List.of());
    }

    private static Headers ifMatch(String... lines) {
        return headers(List.of(lines), List.of(), List.of());
    }

    private static final Headers NONE = headers(List.of(), List.of(), List.of());

    private static ObjectNode body(String json) {
        return Json.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<ExpectedVersion> read(Write write, Headers headers, String body) {
        return Preconditions.read(write, headers, List.of(body(body)), MemberNames.PLAIN);
    }

    private static ProblemType refusal(Write write, Headers headers, String body) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(write, headers, body));
        assertThat(refused).as("refusal").isNotNull();
        return refused.problem().type();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "\"7-gzip\"", "W/\"7-gzip\"", "7", "  \"7\"\t"})
    void ifMatchNamesAVersion(String line) {
        assertThat(read(Write.CHANGE, ifMatch(line), "{}")).contains(ExpectedVersion.version(7));
        assertThat(read(Write.PUT, ifMatch(line), "{}")).contains(ExpectedVersion.version(7));
    }

    @Test
    void versionsGoUpToTheLargestLong() {
        String largest = Long.toString(Long.MAX_VALUE);
        assertThat(read(Write.CHANGE, ifMatch('"' + largest + '"'), "{}"))
                .contains(ExpectedVersion.version(Long.MAX_VALUE));
        assertThat(read(Write.CHANGE, NONE, "{\"version\":" + largest + "}"))
                .contains(ExpectedVersion.version(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "\"0\"",
                "0",
                "-1",
                "\"-1\"",
                "+7",
                "\"+7\"",
                "07",
                "\"07\"",
                "7.0",
                "\"7.0\"",
                "7e0",
                "0x7",
                "\"abc\"",
                "abc",
                "'7'",
                "\"7",
                "7\"",
                "\"7\"\"",
                "\" 7\"",
                "\"7 \"",
                "\"7\", \"8\"",
                "\"7\",\"7\"",
                "7,8",
                "7 8",
                "\"7\",",
                ",\"7\"",
                "*, \"7\"",
                "**",
                "\"*\"",
                "W/*",
                "w/\"7\"",
                "W/7",
                "W/ \"7\"",
                "\"7-br\"",
                "\"7-gzip-gzip\"",
                "7-gzip",
                "\"-gzip\"",
                "\"9223372036854775808\"",
                "9223372036854775808",
                "\"99999999999999999999\"",
                "\u0667",
                "\"\uFF17\"",
                "null",
                "true",
                "{}",
                "\"7\"; drop table",
                "NaN",
                "Infinity"
            })
    void ifMatchOfAnyOtherFormIsMalformed(String line) {
        assertThat(refusal(Write.CHANGE, ifMatch(line), "{}")).isEqualTo(ProblemType.PRECONDITION_MALFORMED);
        assertThat(refusal(Write.PUT, ifMatch(line), "{}")).isEqualTo(ProblemType.PRECONDITION_MALFORMED);
    }

    @Test
    void severalIfMatchLinesAreMalformedEvenWhenEqual() {
        assertThat(refusal(Write.CHANGE, ifMatch("\"7\"", "\"7\""), "{}"))
                .isEqualTo(ProblemType.PRECONDITION_MALFORMED);
        assertThat(refusal(Write.CHANGE, ifMatch("*", "*"), "{}")).isEqualTo(ProblemType.PRECONDITION_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "expectedVersion"})
    void theBodyNamesAVersion(String member) {
        assertThat(read(Write.CHANGE, NONE, "{\"" + member + "\":7}")).contains(ExpectedVersion.version(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "7.0",
                "7.5",
                "7e0",
                "1e999999999",
                "9223372036854775808",
                "99999999999999999999999",
                "\"7\"",
                "\"\"",
                "null",
                "true",
                "[7]",
                "[]",
                "{}",
                "{\"value\":7}"
            })
    void anyOtherVersionInTheBodyIsMalformed(String value) {
        for (String member : List.of("version", "expectedVersion")) {
            assertThat(refusal(Write.CHANGE, NONE, "{\"" + member + "\":" + value + "}"))
                    .isEqualTo(ProblemType.PRECONDITION_MALFORMED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:15:30.123456Z,2026-11-22T10:15:30.123456Z",
        "2026-11-22T12:15:30.123456+02:00,2026-11-22T10:15:30.123456Z",
        "2026-11-22t10:15:30.123456z,2026-11-22T10:15:30.123456Z",
        "2026-11-22T10:15:30.1Z,2026-11-22T10:15:30.100Z",
        "2026-11-22T10:15:30Z,2026-11-22T10:15:30Z",
    })
    void theBodyNamesATime(String sent, String meant) {
        assertThat(read(Write.CHANGE, NONE, "{\"updatedAt\":\"" + sent + "\"}"))
                .contains(new ExpectedVersion.AsOf(Instant.parse(meant)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"now\"",
                "\"2026-11-22\"",
                "\"2026-11-22T10:15:30\"",
                "\"2026-11-22 10:15:30Z\"",
                "\"2026-11-22T10:15Z\"",
                "\"2026-11-22T10:15:30.Z\"",
                "\"2026-11-22T10:15:30.1234567Z\"",
                "\"2026-11-22T10:15:30.123456000Z\"",
                "\"2026-02-30T10:15:30Z\"",
                "\"2026-13-01T10:15:30Z\"",
                "\"2026-11-22T24:00:00Z\"",
                "\"2026-11-22T23:59:60Z\"",
                "\"2026-11-22T10:15:30+0200\"",
                "\"2026-11-22T10:15:30+99:00\"",
                "\"+12026-11-22T10:15:30Z\"",
                "\"-2026-11-22T10:15:30Z\"",
                "\" 2026-11-22T10:15:30Z\"",
                "\"2026-11-22T10:15:30Z[UTC]\"",
                "1763806530",
                "null",
                "true",
                "[]",
                "{}"
            })
    void anyOtherTimeIsMalformed(String value) {
        assertThat(refusal(Write.CHANGE, NONE, "{\"updatedAt\":" + value + "}"))
                .isEqualTo(ProblemType.PRECONDITION_MALFORMED);
    }

    @Test
    void versionAndTimeMayBeNamedTogether() {
        ExpectedVersion both = new ExpectedVersion.Exactly(7, INSTANT);
        assertThat(read(Write.CHANGE, NONE, "{\"version\":7,\"updatedAt\":\"" + TIME + "\"}"))
                .contains(both);
        assertThat(read(Write.CHANGE, ifMatch("\"7\""), "{\"updatedAt\":\"" + TIME + "\"}"))
                .contains(both);
    }

    @Test
    void carriersThatAgreeAreFine() {
        assertThat(read(Write.CHANGE, ifMatch("W/\"7\""), "{\"version\":7,\"expectedVersion\":7}"))
                .contains(ExpectedVersion.version(7));
        assertThat(Preconditions.read(
                        Write.CHANGE,
                        NONE,
                        List.of(body("{\"_updatedAt\":\"" + TIME
                                + "\",\"updatedAt\":\"2026-11-22T11:15:30.123456+01:00\"}")),
                        OTHER_NAMES))
                .contains(new ExpectedVersion.AsOf(INSTANT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"7\" | {\"version\":8}",
                "\"7\" | {\"expectedVersion\":8}",
                "\"7\" | {\"version\":7,\"expectedVersion\":8}",
                "*     | {\"version\":7}",
                "*     | {\"updatedAt\":\"2026-11-22T10:15:30.123456Z\"}",
            })
    void carriersThatDisagreeAreAMismatch(String ifMatch, String body) {
        assertThat(refusal(Write.CHANGE, ifMatch(ifMatch), body)).isEqualTo(ProblemType.PRECONDITION_MISMATCH);
        assertThat(refusal(Write.PUT, ifMatch(ifMatch), body)).isEqualTo(ProblemType.PRECONDITION_MISMATCH);
    }

    @Test
    void carriersOfTheBodyThatDisagreeAreAMismatch() {
        assertThat(refusal(Write.CHANGE, NONE, "{\"version\":7,\"expectedVersion\":8}"))
                .isEqualTo(ProblemType.PRECONDITION_MISMATCH);
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> Preconditions.read(
                        Write.CHANGE,
                        NONE,
                        List.of(body(
                                "{\"_updatedAt\":\"" + TIME + "\",\"updatedAt\":\"2026-11-22T10:15:30.123457Z\"}")),
                        OTHER_NAMES));
        assertThat(refused.problem().type()).isEqualTo(ProblemType.PRECONDITION_MISMATCH);
    }

    @Test
    void aMalformedCarrierIsNotSavedByAGoodOne() {
        assertThat(refusal(Write.CHANGE, ifMatch("\"7\""), "{\"version\":\"7\"}"))
                .isEqualTo(ProblemType.PRECONDITION_MALFORMED);
        assertThat(refusal(Write.CHANGE, ifMatch("x"), "{\"version\":7}"))
                .isEqualTo(ProblemType.PRECONDITION_MALFORMED);
    }

    @Test
    void theNamesOfMembersDependOnTheKindOfRecord() {
        assertThat(Preconditions.read(Write.CHANGE, NONE, List.of(body("{\"_v\":7}")), OTHER_NAMES))
                .contains(ExpectedVersion.version(7));
        assertThat(Preconditions.read(Write.CHANGE, NONE, List.of(body("{\"expectedVersion\":7}")), OTHER_NAMES))
                .isEmpty();
    }

    @Test
    void aStarIsUnconditional() {
        assertThat(read(Write.CHANGE, ifMatch("*"), "{}")).contains(ExpectedVersion.UNCONDITIONAL);
        assertThat(read(Write.PUT, ifMatch(" * "), "{}")).contains(ExpectedVersion.UNCONDITIONAL);
    }

    @Test
    void nothingSaidIsNothingRead() {
        assertThat(read(Write.CHANGE, NONE, "{\"name\":\"version\"}")).isEmpty();
        assertThat(read(Write.PUT, NONE, "{}")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void ifUnmodifiedSinceIsRefusedAndSaysWhatWorks(Write write) {
        Headers headers = headers(List.of("\"7\""), List.of(), List.of("Sun, 22 Nov 2026 10:15:30 GMT"));
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> read(write, headers, "{}"));
        assertThat(refused.problem().type()).isEqualTo(ProblemType.PRECONDITION_UNSUPPORTED);
        assertThat(refused.problem().detail()).contains("If-Match", "version", "updatedAt");
    }

    @Test
    void ifNoneMatchStarCreatesWithPut() {
        assertThat(read(Write.PUT, headers(List.of(), List.of("*"), List.of()), "{}"))
                .contains(ExpectedVersion.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "", "**", "*, \"7\"", "7"})
    void anyOtherIfNoneMatchOnAWriteIsMalformed(String line) {
        for (Write write : Write.values()) {
            assertThat(refusal(write, headers(List.of(), List.of(line), List.of()), "{}"))
                    .isEqualTo(ProblemType.PRECONDITION_MALFORMED);
        }
    }

    @Test
    void ifNoneMatchStarIsForPutOnly() {
        Headers star = headers(List.of(), List.of("*"), List.of());
        assertThat(refusal(Write.CHANGE, star, "{}")).isEqualTo(ProblemType.PRECONDITION_MALFORMED);
        assertThat(read(Write.CREATE, star, "{}")).contains(ExpectedVersion.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"version\":1}", "{\"expectedVersion\":1}", "{\"updatedAt\":\"2026-11-22T10:15:30Z\"}"})
    void aPutThatCreatesCannotNameAVersion(String body) {
        assertThat(refusal(Write.PUT, headers(List.of(), List.of("*"), List.of()), body))
                .isEqualTo(ProblemType.PRECONDITION_MISMATCH);
        assertThat(refusal(Write.PUT, headers(List.of("\"1\""), List.of("*"), List.of()), "{}"))
                .isEqualTo(ProblemType.PRECONDITION_MISMATCH);
        assertThat(refusal(Write.PUT, headers(List.of("*"), List.of("*"), List.of()), "{}"))
                .isEqualTo(ProblemType.PRECONDITION_MISMATCH);
        assertThat(refusal(Write.CREATE, NONE, body)).isEqualTo(ProblemType.PRECONDITION_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "*"})
    void aNewRecordHasNoVersion(String ifMatch) {
        assertThat(refusal(Write.CREATE, ifMatch(ifMatch), "{}")).isEqualTo(ProblemType.PRECONDITION_MALFORMED);
    }

    @Test
    void whatIsRequiredDoesNotTellTheVersion() {
        Problem problem = Preconditions.required(MemberNames.PLAIN).problem();
        assertThat(problem.type()).isEqualTo(ProblemType.PRECONDITION_REQUIRED);
        assertThat(problem.headers()).isEmpty();
        assertThat(problem.detail()).doesNotContainPattern("[0-9]");
    }
}
