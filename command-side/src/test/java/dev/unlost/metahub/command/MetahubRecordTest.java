package dev.unlost.metahub.command;

import static dev.unlost.versioning.ExpectedVersion.INTERNAL;
import static dev.unlost.versioning.ExpectedVersion.UNCONDITIONAL;
import static dev.unlost.versioning.ExpectedVersion.version;
import static dev.unlost.versioning.command.RecordFixture.ANN;
import static dev.unlost.versioning.command.RecordFixture.NOW;
import static dev.unlost.versioning.command.RecordFixture.STRANGER;
import static dev.unlost.versioning.command.RecordFixture.as;
import static dev.unlost.versioning.command.RecordFixture.timeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.axonframework.test.matchers.Matchers.exactSequenceOf;
import static org.axonframework.test.matchers.Matchers.predicate;

import dev.unlost.metahub.MetahubCommand;
import dev.unlost.metahub.MetahubCommand.CreateMetahubRecord;
import dev.unlost.metahub.MetahubCommand.DeleteMetahubRecord;
import dev.unlost.metahub.MetahubCommand.ReplaceMetahubRecord;
import dev.unlost.metahub.MetahubCommand.RestoreMetahubRecord;
import dev.unlost.metahub.MetahubCommand.UpdateMetahubRecord;
import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubEvent;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.Conflict.FieldChange;
import dev.unlost.versioning.Conflict.Reason;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal.RecordNotFound;
import dev.unlost.versioning.Refusal.RuleViolated;
import dev.unlost.versioning.Refusal.VersionConflict;
import dev.unlost.versioning.command.RecordFixture;
import dev.unlost.versioning.command.Refused;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command to every type of record of a metahub. */
class MetahubRecordTest {

    private static final String ID = "3f2c1d5e-0000-4000-8000-000000000001";
    private static final String CATALOG = "3f2c1d5e-0000-4000-8000-000000000002";

    /** What a record of each type says at first, in version 2, and in version 3. */
    record Life(MetahubType type) {

        RecordKey key() {
            return RecordKey.within("main", type.name(), ID);
        }

        MetahubDetails first() {
            return details("first", 1);
        }

        MetahubDetails second() {
            return details("second", 1);
        }

        MetahubDetails third() {
            return details("second", 3);
        }

        private MetahubDetails details(String name, int other) {
            Map<String, @Nullable Object> sent = new HashMap<>();
            sent.put("codename", "a");
            sent.put("name", Map.of("en", name));
            sent.put("description", Map.of("en", "n" + other));
            for (String member : type.members()) {
                switch (member) {
                    case "catalogId" -> sent.put(member, CATALOG);
                    case "type" -> sent.put(member, "STRING");
                    case "data" -> sent.put(member, Map.of("code", name, "price", other));
                    default -> {}
                }
            }
            return type.details(sent);
        }

        MetahubEvent created() {
            return type.created(first());
        }

        MetahubEvent renamed() {
            return type.updated(first(), second());
        }

        MetahubEvent described() {
            return type.updated(second(), third());
        }

        Map<String, @Nullable Object> name(String name) {
            return Map.of("name", Map.of("en", name));
        }

        RecordView<MetahubDetails> view(long version, boolean deleted, int versionsBefore, MetahubDetails details) {
            return new RecordView<>(
                    key(),
                    "factory-1",
                    version,
                    deleted,
                    versionsBefore == 0 ? NOW : timeOf(1, versionsBefore),
                    versionsBefore == 0 ? "ann" : "bob",
                    NOW,
                    "ann",
                    details);
        }

        CreateMetahubRecord create() {
            return new CreateMetahubRecord(key(), ExpectedVersion.ABSENT, first(), ReadOnlyMembers.NONE);
        }

        UpdateMetahubRecord update(ExpectedVersion expected, Map<String, @Nullable Object> sent) {
            return new UpdateMetahubRecord(key(), expected, type.patch(sent), ReadOnlyMembers.NONE, false);
        }

        ReplaceMetahubRecord replace(ExpectedVersion expected, MetahubDetails details) {
            return new ReplaceMetahubRecord(key(), expected, details, ReadOnlyMembers.NONE);
        }

        DeleteMetahubRecord delete(ExpectedVersion expected) {
            return new DeleteMetahubRecord(key(), expected);
        }

        RestoreMetahubRecord restore(ExpectedVersion expected, long toVersion) {
            return new RestoreMetahubRecord(key(), expected, toVersion, ReadOnlyMembers.NONE);
        }

        @Override
        public String toString() {
            return type.name();
        }
    }

    static Stream<Life> lives() {
        return MetahubType.ALL.stream().map(Life::new);
    }

    /** Every command to a record that exists. */
    static Stream<Arguments> changes() {
        Map<String, Function<ExpectedVersion, Function<Life, MetahubCommand>>> changes = new LinkedHashMap<>();
        changes.put("update", expected -> life -> life.update(expected, life.name("other")));
        changes.put("replace", expected -> life -> life.replace(expected, life.third()));
        changes.put("delete", expected -> life -> life.delete(expected));
        changes.put("restore", expected -> life -> life.restore(expected, 1));
        return lives().flatMap(life ->
                changes.entrySet().stream().map(change -> Arguments.of(life, change.getKey(), change.getValue())));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void creationAnswersWithVersionOne(Life life) {
        when(life, life.create())
                .expectEvents(life.created())
                .expectResultMessagePayload(life.view(1, false, 0, life.first()));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void anUpdateAppendsWhatChanged(Life life) {
        Map<String, @Nullable Object> sent = new HashMap<>(life.name("second"));
        if (life.type() == MetahubType.ELEMENT) {
            sent.put("data", Map.of("code", "second"));
        }
        when(life, life.update(version(1), sent), life.created())
                .expectEvents(life.renamed())
                .expectResultMessagePayload(life.view(2, false, 1, life.second()));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void aReplacementAppendsWhatChanged(Life life) {
        when(life, life.replace(version(1), life.second()), life.created())
                .expectEvents(life.renamed())
                .expectResultMessagePayload(life.view(2, false, 1, life.second()));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void aDeletionKeepsTheContents(Life life) {
        when(life, life.delete(version(2)), life.created(), life.renamed())
                .expectEvents(life.type().deleted())
                .expectResultMessagePayload(life.view(3, true, 2, life.second()));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void aRestorationBringsBackWhatWas(Life life) {
        when(life, life.restore(version(2), 1), life.created(), life.renamed())
                .expectEvents(life.type().restored(1, life.second(), life.first()))
                .expectResultMessagePayload(life.view(3, false, 2, life.first()));
        when(life, life.restore(version(2), 1), life.created(), life.type().deleted())
                .expectEvents(life.type().restored(1, life.first(), life.first()));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void aChangeOfNothingAppendsNothing(Life life) {
        for (MetahubCommand command : List.of(
                life.update(version(1), life.name("first")),
                life.replace(version(1), life.first()),
                life.restore(version(1), 1))) {
            when(life, command, life.created()).expectNoEvents().expectSuccessfulHandlerExecution();
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsStaleIsAConflict(
            Life life, String name, Function<ExpectedVersion, Function<Life, MetahubCommand>> change) {
        MetahubCommand command = change.apply(version(1)).apply(life);
        VersionConflict conflict =
                Refused.with(VersionConflict.class, when(life, command, life.created(), life.renamed()));
        assertThat(conflict.conflict().reason()).isEqualTo(Reason.STALE);
        assertThat(conflict.conflict().changes()).extracting(FieldChange::field).contains("name");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsAheadIsAConflict(
            Life life, String name, Function<ExpectedVersion, Function<Life, MetahubCommand>> change) {
        MetahubCommand command = change.apply(version(9)).apply(life);
        assertThat(Refused.with(VersionConflict.class, when(life, command, life.created()))
                        .conflict()
                        .reason())
                .isEqualTo(Reason.AHEAD);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsDeletedTakesNothingButItsRestoration(
            Life life, String name, Function<ExpectedVersion, Function<Life, MetahubCommand>> change) {
        MetahubCommand command = change.apply(UNCONDITIONAL).apply(life);
        ResultValidator<MetahubRecord> result =
                when(life, command, life.created(), life.type().deleted());
        if (name.equals("restore")) {
            result.expectSuccessfulHandlerExecution();
        } else {
            assertThat(Refused.with(VersionConflict.class, result).conflict().reason())
                    .isEqualTo(Reason.DELETED);
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsUnknownIsNotFound(
            Life life, String name, Function<ExpectedVersion, Function<Life, MetahubCommand>> change) {
        for (ExpectedVersion expected : List.of(version(1), UNCONDITIONAL, INTERNAL)) {
            Refused.with(RecordNotFound.class, when(life, change.apply(expected).apply(life)));
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsOfAnotherFactoryIsNotFound(
            Life life, String name, Function<ExpectedVersion, Function<Life, MetahubCommand>> change) {
        Refused.with(
                RecordNotFound.class,
                fixture(life)
                        .given(life.created())
                        .when(change.apply(version(1)).apply(life), as(STRANGER)));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void anIdIsTakenOnce(Life life) {
        assertThat(Refused.with(VersionConflict.class, when(life, life.create(), life.created()))
                        .conflict()
                        .reason())
                .isEqualTo(Reason.EXISTS);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void unconditionalAndInternalChangesAreRecordedAsSuch(
            Life life, String name, Function<ExpectedVersion, Function<Life, MetahubCommand>> change) {
        Map<ExpectedVersion, String> recorded = Map.of(UNCONDITIONAL, "unconditional", INTERNAL, "internal");
        recorded.forEach((expected, word) -> when(
                        life, change.apply(expected).apply(life), life.created(), life.renamed())
                .expectEventsMatching(exactSequenceOf(predicate((EventMessage<?> event) ->
                        word.equals(event.getMetaData().get("precondition"))))));
    }

    @ParameterizedTest
    @MethodSource("lives")
    void readOnlyMembersMustSayWhatIsSo(Life life) {
        Map<String, String> so = Map.of("id", life.key().id(), "namespace", "main", "createdBy", "bob");
        when(life, renaming(life, so), life.created()).expectSuccessfulHandlerExecution();
        Map<String, String> notSo = Map.of("namespace", "other");
        RuleViolated refused = Refused.with(RuleViolated.class, when(life, renaming(life, notSo), life.created()));
        assertThat(refused.code()).isEqualTo("read-only");
    }

    private static MetahubCommand renaming(Life life, Map<String, String> readOnly) {
        return new UpdateMetahubRecord(
                life.key(), version(1), life.type().patch(life.name("second")), new ReadOnlyMembers(readOnly), false);
    }

    @Test
    void editsOfDifferentAttributesMergeAndOfOneAttributeDoNot() {
        Life life = new Life(MetahubType.ELEMENT);
        when(life, merging(life, Map.of("code", "mine")), life.created(), life.renamed(), life.described())
                .expectSuccessfulHandlerExecution();
        VersionConflict refused = Refused.with(
                VersionConflict.class,
                when(life, merging(life, Map.of("price", 5)), life.created(), life.renamed(), life.described()));
        assertThat(refused.conflict().overlappingFields()).containsExactly("data.price");
        FieldChange price = refused.conflict().changes().stream()
                .filter(FieldChange::overlaps)
                .findFirst()
                .orElseThrow();
        assertThat(price.base()).isEqualTo(1L);
        assertThat(price.theirs()).isEqualTo(3L);
        assertThat(price.yours()).isEqualTo(5L);
    }

    @Test
    void aValueThatAReplacementLeavesOutIsTheWritersChange() {
        Life life = new Life(MetahubType.ELEMENT);
        Map<String, @Nullable Object> sent = new HashMap<>(life.type().nested(life.first()));
        sent.put("data", Map.of());
        MetahubCommand stale = life.replace(version(1), life.type().details(sent));
        List<FieldChange> changes = Refused.with(
                        VersionConflict.class, when(life, stale, life.created(), life.renamed()))
                .conflict()
                .changes();
        assertThat(changes)
                .filteredOn(change -> change.field().startsWith("data."))
                .allSatisfy(change -> {
                    assertThat(change.sent()).isTrue();
                    assertThat(change.yours()).isNull();
                })
                .extracting(FieldChange::field, FieldChange::base, FieldChange::theirs, FieldChange::overlaps)
                .containsExactlyInAnyOrder(
                        tuple("data.code", "first", "second", true), tuple("data.price", 1L, 1L, false));
    }

    private static MetahubCommand merging(Life life, Map<String, ?> data) {
        return new UpdateMetahubRecord(
                life.key(), version(2), life.type().patch(Map.of("data", data)), ReadOnlyMembers.NONE, true);
    }

    @Test
    void anElementStaysInItsCatalog() {
        Life life = new Life(MetahubType.ELEMENT);
        RuleViolated refused = Refused.with(
                RuleViolated.class, when(life, life.update(version(1), Map.of("catalogId", ID)), life.created()));
        assertThat(refused.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo("catalogId"));
    }

    @Test
    void whatDoesNotGoTogetherWithWhatIsThereIsRefused() {
        Life life = new Life(MetahubType.ATTRIBUTE);
        RuleViolated refused = Refused.with(
                RuleViolated.class, when(life, life.update(version(1), Map.of("type", "REF")), life.created()));
        assertThat(refused.code()).isEqualTo("inconsistent");
    }

    private static ResultValidator<MetahubRecord> when(Life life, MetahubCommand command, MetahubEvent... history) {
        return fixture(life).given(history).when(command, as(ANN));
    }

    private static RecordFixture<MetahubRecord, MetahubDetails, MetahubEvent> fixture(Life life) {
        return new RecordFixture<>(MetahubRecord.class, life.type(), MetahubRecord::new);
    }
}
