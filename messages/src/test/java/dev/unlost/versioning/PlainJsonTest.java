package dev.unlost.versioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PlainJsonTest {

    private static final List<Number> KEPT = List.of(
            0,
            -1,
            1.5,
            new BigDecimal("0.10"),
            new BigDecimal("1E+2"),
            1L << 53,
            new BigDecimal("1e300"),
            new BigDecimal("-0.0"),
            new BigDecimal("5e18"),
            new BigDecimal("1e19"),
            Double.MIN_VALUE);

    private static final List<Number> REFUSED = List.of(
            (1L << 53) + 1,
            BigInteger.TWO.pow(64).add(BigInteger.ONE),
            new BigDecimal("0.12345678901234567890"),
            new BigDecimal("1e400"),
            new BigDecimal("1e-400"),
            new BigDecimal("1e-999999999"),
            new BigDecimal("1e999999999"));

    @Test
    void numbersThatADoubleHoldsAreKept() {
        assertThat(KEPT).allSatisfy(number -> assertThat(errors(number)).isEmpty());
        assertThat(PlainJson.canonical(new BigDecimal("1E+2"))).isEqualTo(100L);
        assertThat(PlainJson.canonical(new BigDecimal("0.10"))).isEqualTo(0.1);
        assertThat(PlainJson.canonical(-0.0)).isEqualTo(0L);
    }

    @Test
    void otherNumbersAreRefused() {
        assertThat(REFUSED).allSatisfy(number -> assertThat(errors(number)).hasSize(1));
    }

    @Test
    void whatWasStoredAndReadIsTheSame() {
        JsonMapper mapper = new JsonMapper();
        Object value = PlainJson.canonical(Map.of(
                "b", KEPT, "a", Arrays.asList(null, true, "text", Map.of("z", 1, "y", List.of())), "c", Map.of()));
        assertThat(PlainJson.canonical(mapper.readValue(mapper.writeValueAsString(value), Object.class)))
                .isEqualTo(value);
    }

    @Test
    void textThatCannotBeStoredIsRefused() {
        assertThat(errors("\u0000")).hasSize(1);
        assertThat(errors("\uD800")).hasSize(1);
        assertThat(errors(Map.of("\u0000", 1))).hasSize(1);
        assertThat(errors(List.of(List.of("\u0000")))).hasSize(1);
    }

    private static List<FieldError> errors(Object value) {
        FieldErrors errors = new FieldErrors();
        PlainJson.check("field", value, errors);
        return errors.all();
    }
}
