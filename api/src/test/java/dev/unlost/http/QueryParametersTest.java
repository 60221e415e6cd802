package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    private static final Set<String> ALLOWED = Set.of("name", "limit");

    @Test
    void parametersAreDecoded() {
        QueryParameters parameters = QueryParameters.parse("name=A+%26%20Zo%C3%AB%27--&limit=7", ALLOWED);
        assertThat(parameters.get("name")).contains("A & Zoë'--");
        assertThat(parameters.number("limit", 1, 200, 50)).isEqualTo(7);
    }

    @Test
    void noQueryHasNoParameters() {
        assertThat(parse(null).get("name")).isEmpty();
        assertThat(parse("").number("limit", 1, 200, 50)).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nam=x",
                "Name=x",
                "name",
                "name=",
                "&name=x",
                "name=x&",
                "name=x&&limit=1",
                "name=x&name=x",
                "name=x&name=y",
                "name[]=x",
                "=x",
                "name=%",
                "name=%4",
                "name=%zz",
                "name=%00",
                "name=a%0Ab",
                "name=%7F",
                "name=%C3",
                "name=%ED%A0%80",
                "name=%C0%80",
                "name=%FF",
                "name=%\uFF14\uFF11",
                "name=\u00E4",
                "name=x&other=y",
                "name=%u0041"
            })
    void anythingElseIsMalformed(String query) {
        assertThat(refusal(() -> parse(query))).isEqualTo(ProblemType.MALFORMED_QUERY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "+1", "1.0", "1e1", "x", "99999999999999999999", "%D9%A7", "1%20"})
    void numbersOutOfRangeAreMalformed(String value) {
        QueryParameters parameters = parse("limit=" + value);
        assertThat(refusal(() -> parameters.number("limit", 1, 200, 50))).isEqualTo(ProblemType.MALFORMED_QUERY);
    }

    @Test
    void longTextsAreMalformed() {
        assertThat(parse("name=%F0%9F%98%80%F0%9F%98%80").text("name", 2)).isEqualTo("😀😀");
        assertThat(refusal(() -> parse("name=abc").text("name", 2))).isEqualTo(ProblemType.MALFORMED_QUERY);
        assertThat(refusal(() -> parse("name=" + "x".repeat(100_000)))).isEqualTo(ProblemType.MALFORMED_QUERY);
    }

    @Test
    void aQueryCanBeWrittenAgainWithAnotherValue() {
        QueryParameters parameters = parse("name=A+%26&limit=7");
        assertThat(parameters.with("limit", "8")).isEqualTo("name=A+%26&limit=8");
    }

    private static QueryParameters parse(@Nullable String query) {
        return QueryParameters.parse(query, ALLOWED);
    }

    private static ProblemType refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, call);
        assertThat(refused).as("refusal").isNotNull();
        return refused.problem().type();
    }
}
