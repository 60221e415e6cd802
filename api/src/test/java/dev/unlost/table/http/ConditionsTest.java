package dev.unlost.table.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.http.ProblemException;
import dev.unlost.table.Condition;
import dev.unlost.table.Condition.All;
import dev.unlost.table.Condition.Any;
import dev.unlost.table.Condition.Compare;
import dev.unlost.table.Condition.Comparison;
import dev.unlost.table.Condition.Contains;
import dev.unlost.table.Condition.In;
import dev.unlost.table.Condition.Is;
import dev.unlost.table.Condition.Like;
import dev.unlost.table.Condition.Not;
import dev.unlost.table.Condition.State;
import dev.unlost.table.Operand;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {

    private static final Operand NAME = new Operand("name");

    private static Condition filter(String name, String value) {
        return new Conditions(TestTable.TABLE).filter(name, value);
    }

    private static Condition logic(String name, String value) {
        return new Conditions(TestTable.TABLE).logic(name, value);
    }

    private static Condition name(String value) {
        return new Compare(NAME, Comparison.EQUAL, value);
    }

    @Test
    void valuesAreOfTheirColumnsTypes() {
        assertThat(filter("name", "eq.Acme")).isEqualTo(name("Acme"));
        assertThat(filter("version", "gte.7"))
                .isEqualTo(new Compare(new Operand("version"), Comparison.GREATER_OR_EQUAL, 7L));
        assertThat(filter("updated_at", "lt.2026-11-22T10:15:30.5Z"))
                .isEqualTo(new Compare(
                        new Operand("updated_at"), Comparison.LESS, Instant.parse("2026-11-22T10:15:30.5Z")));
        assertThat(filter("active", "neq.true"))
                .isEqualTo(new Compare(new Operand("active"), Comparison.NOT_EQUAL, true));
        assertThat(filter("id", "eq.ABC")).isEqualTo(new Compare(new Operand("id"), Comparison.EQUAL, "abc"));
        assertThat(filter("address->>city", "gt.7"))
                .isEqualTo(new Compare(new Operand("address", List.of("city")), Comparison.GREATER, "7"));
        assertThat(filter("address->geo->>iso-3166", "is.null"))
                .isEqualTo(new Is(new Operand("address", List.of("geo", "iso-3166")), State.NULL));
    }

    @Test
    void aValueByItselfIsAllThatIsLeft() {
        assertThat(filter("name", "eq.a,b).\"c\".eq.d")).isEqualTo(name("a,b).\"c\".eq.d"));
        assertThat(filter("name", "eq.")).isEqualTo(name(""));
        assertThat(filter("name", "not.eq.not.eq.")).isEqualTo(new Not(name("not.eq.")));
    }

    @Test
    void listsAreSeparatedByCommasOutsideQuotes() {
        assertThat(filter("name", "in.(a,\"b,c\",\"d\\\"e\\\\\")"))
                .isEqualTo(new In(NAME, List.of("a", "b,c", "d\"e\\")));
        assertThat(filter("version", "in.(1,2)")).isEqualTo(new In(new Operand("version"), List.of(1L, 2L)));
        assertThat(filter("name", "in.()")).isEqualTo(new In(NAME, List.of()));
        assertThat(filter("tags", "cs.{a,\"b}\"}")).isEqualTo(new Contains("tags", List.of("a", "b}")));
        assertThat(filter("tags", "cs.{}")).isEqualTo(new Contains("tags", List.of()));
    }

    @Test
    void patternsHaveTwoSignsForAnyText() {
        assertThat(filter("name", "like.a*b%\\%")).isEqualTo(new Like(NAME, "a%b%\\%", false));
        assertThat(filter("name", "ilike.a\\\\")).isEqualTo(new Like(NAME, "a\\\\", true));
    }

    @Test
    void groupsNest() {
        assertThat(logic("or", "(name.eq.a,and(name.not.eq.b,version.is.null),not.or(name.in.(c,d)))"))
                .isEqualTo(new Any(List.of(
                        name("a"),
                        new All(List.of(new Not(name("b")), new Is(new Operand("version"), State.NULL))),
                        new Not(new Any(List.of(new In(NAME, List.of("c", "d"))))))));
        assertThat(logic("not.and", "(name.eq.\"a,b)\")")).isEqualTo(new Not(new All(List.of(name("a,b)")))));
        assertThat(logic("or", "(address->>city.eq.x,tags.cs.{a,b},name.like.*y*)"))
                .isEqualTo(new Any(List.of(
                        new Compare(new Operand("address", List.of("city")), Comparison.EQUAL, "x"),
                        new Contains("tags", List.of("a", "b")),
                        new Like(NAME, "%y%", false))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                ")",
                "()",
                "(,)",
                "(name.eq.a",
                "(name.eq.a))",
                "(name.eq.a,)",
                "name.eq.a",
                "(name)",
                "(name.)",
                "(name.eq)",
                "(name.eq.\"a)",
                "(name.in.(a,b)",
                "(not.name.eq.a)",
                "(name.not.not.eq.a)",
                "(nothing.eq.a)",
                "(name->>x.eq.a)",
                "(address.eq.a)",
                "(address->.eq.a)",
                "(address->>.eq.a)",
                "(tags.eq.a)",
                "(name.fts.a)",
                "(name.like.a\\)",
                "(version.eq.1.5)",
                "(metahub_id.eq.main)",
            })
    void whatIsNoGroupIsRefused(String value) {
        assertThatThrownBy(() -> logic("or", value)).isInstanceOf(ProblemException.class);
    }

    @Test
    void depthAndNumberAreBounded() {
        String deep = "(and".repeat(5_000) + "(name.eq.a)" + ")".repeat(5_000);
        assertThatThrownBy(() -> logic("or", deep)).hasMessageContaining("deep");
        String many = "(" + "name.eq.a,".repeat(150) + "name.eq.a)";
        assertThatThrownBy(() -> logic("or", many)).hasMessageContaining("more than 100");
        String list = "in.(" + "a,".repeat(600) + "a)";
        assertThatThrownBy(() -> filter("name", list)).hasMessageContaining("more than 500");
        String path = "address" + "->a".repeat(20) + "->>a";
        assertThatThrownBy(() -> filter(path, "eq.a")).hasMessageContaining("more than 10");
    }

    @Test
    void whateverIsSentIsReadOrRefused() {
        String alphabet = "()\",.{}->\\*%:not.andorinameqscvid address tags version metahub_id";
        Random random = new Random(20);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("(");
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                assertThat(logic("or", text.toString())).isNotNull();
            } catch (ProblemException refused) {
                assertThat(refused.problem().type().status()).isEqualTo(400);
            }
        }
    }
}
