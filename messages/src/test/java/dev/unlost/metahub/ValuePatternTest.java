package dev.unlost.metahub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.FieldErrors;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a?){1000}",
                "(((x?)?){10}){100}",
                "(?:(?:(?:a?){0,999})?)?",
                "((((((((((a?)?)?)?)?)?)?)?)?)?){1000}",
                "(abcdefghij){1000}",
                "(a{0,1000}",
                "(a{40}){40}"
            })
    void aPatternThatRepeatsTooMuchIsRefused(String pattern) {
        assertThat(errors(pattern)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[A-Z]{2}$",
                "[A-Z]{1000}",
                "^.{0,300}$",
                "(a?){250}",
                "((((((((a*)*)*)*)*)*)*)*)*$",
                "(a{0,8}){0,40}b",
                "^([a-z]+[0-9]?)+(\\.[a-z]+){1,5}$"
            })
    void aPatternThatIsAcceptedLooksAtAnyTextWithoutHarm(String pattern) {
        assertThat(errors(pattern)).isEmpty();
        Pattern compiled = ValuePattern.compile(pattern);
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            for (int length : List.of(0, 10, 10_000, 100_000, 1_000_000)) {
                ValuePattern.isIn("a".repeat(length), compiled);
            }
        });
    }

    @Test
    void aTextThatIsTooLongForAPatternDoesNotMatch() {
        Pattern large = ValuePattern.compile("^[a-z]{1000}");
        assertThat(ValuePattern.isIn("a".repeat(9_000), large)).isTrue();
        assertThat(ValuePattern.isIn("a".repeat(1_000_000), large)).isFalse();
        assertThat(ValuePattern.isIn("a".repeat(1_000_000), ValuePattern.compile("^a+$")))
                .isTrue();
    }

    private static List<FieldError> errors(String pattern) {
        FieldErrors errors = new FieldErrors();
        ValuePattern.check("constraints.pattern", pattern, errors);
        return errors.all();
    }
}
