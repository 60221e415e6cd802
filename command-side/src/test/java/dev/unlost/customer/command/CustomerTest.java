package dev.unlost.customer.command;

import static dev.unlost.versioning.ExpectedVersion.UNCONDITIONAL;
import static dev.unlost.versioning.ExpectedVersion.version;
import static dev.unlost.versioning.command.RecordFixture.ANN;
import static dev.unlost.versioning.command.RecordFixture.NOW;
import static dev.unlost.versioning.command.RecordFixture.STRANGER;
import static dev.unlost.versioning.command.RecordFixture.as;
import static dev.unlost.versioning.command.RecordFixture.timeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.axonframework.test.matchers.Matchers.exactSequenceOf;
import static org.axonframework.test.matchers.Matchers.predicate;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerCommand;
import dev.unlost.customer.CustomerCommand.CreateCustomerCommand;
import dev.unlost.customer.CustomerCommand.DeleteCustomerCommand;
import dev.unlost.customer.CustomerCommand.ReplaceCustomerCommand;
import dev.unlost.customer.CustomerCommand.RestoreCustomerCommand;
import dev.unlost.customer.CustomerCommand.UpdateCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent;
import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerEvent.CustomerRestored;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.customer.CustomerPatch;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.AppliedOver;
import dev.unlost.versioning.AppliedOver.Overwritten;
import dev.unlost.versioning.Assign;
import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Conflict.FieldChange;
import dev.unlost.versioning.Conflict.Reason;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.FieldError;
import dev.unlost.versioning.IdempotencyKey;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal.InvalidFields;
import dev.unlost.versioning.Refusal.PreconditionMismatch;
import dev.unlost.versioning.Refusal.RecordNotFound;
import dev.unlost.versioning.Refusal.RuleViolated;
import dev.unlost.versioning.Refusal.VersionConflict;
import dev.unlost.versioning.command.RecordFixture;
import dev.unlost.versioning.command.Refused;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerTest {

    private static final String ID = "3f2c1d5e-0000-4000-8000-000000000001";
    private static final CustomerDetails ALFREDS =
            new CustomerDetails("Alfreds", "Maria", null, "maria@example.com", "030-1", null, List.of("vip"), null);
    private static final CustomerCreated CREATED = new CustomerCreated(ALFREDS);
    private static final CustomerDetails WITH_PHONE = phone("030-2").applyTo(ALFREDS);
    private static final CustomerUpdated PHONE = updated(ALFREDS, WITH_PHONE);
    private static final CustomerDetails WITH_NOTES = notes("a note").applyTo(WITH_PHONE);
    private static final CustomerUpdated NOTES = updated(WITH_PHONE, WITH_NOTES);
    private static final CustomerDeleted DELETED = new CustomerDeleted();

    // what is accepted

    @Test
    void creationAnswersWithVersionOne() {
        when(create())
                .expectEvents(CREATED)
                .expectResultMessagePayload(new RecordView<>(
                        CustomerType.INSTANCE.key(ID), "factory-1", 1, false, NOW, "ann", NOW, "ann", ALFREDS));
    }

    @Test
    void updateAppendsOneEventWithWhatChanged() {
        when(update(version(1), phone("030-2")), CREATED)
                .expectEvents(PHONE)
                .expectResultMessagePayload(view(2, 1, WITH_PHONE));
    }

    @Test
    void replacementAppendsOneEventWithWhatChanged() {
        when(replace(version(1), WITH_PHONE), CREATED)
                .expectEvents(PHONE)
                .expectResultMessagePayload(view(2, 1, WITH_PHONE));
    }

    @Test
    void deletionKeepsTheContents() {
        when(delete(version(2)), CREATED, PHONE)
                .expectEvents(DELETED)
                .expectResultMessagePayload(new RecordView<>(
                        CustomerType.INSTANCE.key(ID),
                        "factory-1",
                        3,
                        true,
                        timeOf(1, 2),
                        "bob",
                        NOW,
                        "ann",
                        WITH_PHONE));
    }

    @Test
    void theTimeOfTheVersionStandsForTheVersion() {
        when(update(new ExpectedVersion.AsOf(timeOf(2, 2)), notes("a note")), CREATED, PHONE)
                .expectEvents(NOTES);
    }

    @Test
    void versionAndItsTimeTogetherAreFine() {
        when(update(new ExpectedVersion.Exactly(2, timeOf(2, 2)), notes("a note")), CREATED, PHONE)
                .expectEvents(NOTES);
    }

    @Test
    void unconditionalChangeIsAppliedToWhateverIsThereAndRecordedAsSuch() {
        when(update(UNCONDITIONAL, notes("a note")), CREATED, PHONE)
                .expectEvents(NOTES)
                .expectEventsMatching(exactSequenceOf(predicate((EventMessage<?> event) ->
                        "unconditional".equals(event.getMetaData().get("precondition")))));
    }

    @Test
    void everyEventSaysWhoWhenAndOnWhatItWasBased() {
        when(update(version(1), phone("030-2")), CREATED)
                .expectEventsMatching(exactSequenceOf(predicate((EventMessage<?> event) -> event.getMetaData()
                        .equals(Map.of(
                                "factory", "factory-1",
                                "actor", "ann",
                                "request", "request-1",
                                "at", "2026-11-22T10:15:30.123456Z",
                                "precondition", "version")))));
    }

    @Test
    void timeMovesOnEvenWhenTheClockHasSteppedBack() {
        Instant ahead = NOW.plusSeconds(61);
        fixture()
                .givenAt(ahead, CREATED)
                .when(update(version(1), phone("030-2")), as(ANN))
                .expectResultMessagePayload(new RecordView<>(
                        CustomerType.INSTANCE.key(ID),
                        "factory-1",
                        2,
                        false,
                        ahead,
                        "bob",
                        ahead.plusNanos(1_000),
                        "ann",
                        WITH_PHONE));
    }

    @Test
    void readOnlyMembersMayBeSentBackAsTheyAre() {
        ReadOnlyMembers same = new ReadOnlyMembers(Map.of(
                "id",
                ID,
                "factoryId",
                "factory-1",
                "createdBy",
                "bob",
                "createdAt",
                timeOf(1, 1).toString()));
        when(new UpdateCustomerCommand(ID, version(1), phone("030-2"), same), CREATED)
                .expectEvents(PHONE);
    }

    @ParameterizedTest
    @MethodSource("changesOfNothing")
    void aChangeOfNothingAppendsNothing(CustomerCommand command) {
        when(command, CREATED)
                .expectNoEvents()
                .expectResultMessagePayload(new RecordView<>(
                        CustomerType.INSTANCE.key(ID),
                        "factory-1",
                        1,
                        false,
                        timeOf(1, 1),
                        "bob",
                        timeOf(1, 1),
                        "bob",
                        ALFREDS));
    }

    static Stream<CustomerCommand> changesOfNothing() {
        return Stream.of(
                update(version(1), phone("030-1")),
                update(version(1), new CustomerPatch(null, null, null, null, null, null, null, null)),
                update(UNCONDITIONAL, phone("030-1")),
                replace(version(1), ALFREDS),
                restore(version(1), 1),
                restore(UNCONDITIONAL, 1));
    }

    // what is refused

    static Stream<Function<ExpectedVersion, CustomerCommand>> conditional() {
        return Stream.of(
                expected -> update(expected, phone("030-3")),
                expected -> replace(expected, phone("030-3").applyTo(ALFREDS)),
                expected -> delete(expected));
    }

    static Stream<Function<ExpectedVersion, CustomerCommand>> conditionalOrRestoring() {
        return Stream.concat(conditional(), Stream.of(expected -> restore(expected, 1)));
    }

    @ParameterizedTest
    @MethodSource("conditionalOrRestoring")
    void staleIsAConflict(Function<ExpectedVersion, CustomerCommand> command) {
        Conflict conflict = conflict(when(command.apply(version(1)), CREATED, PHONE, NOTES));
        assertThat(conflict.reason()).isEqualTo(Reason.STALE);
        assertThat(conflict.expectedVersion()).isEqualTo(1);
        assertThat(conflict.current().version()).isEqualTo(3);
        assertThat(conflict.current().updatedBy()).isEqualTo("bob");
    }

    @ParameterizedTest
    @MethodSource("conditionalOrRestoring")
    void staleByTimeIsTheSameConflict(Function<ExpectedVersion, CustomerCommand> command) {
        ExpectedVersion first = new ExpectedVersion.AsOf(timeOf(1, 3));
        Conflict conflict = conflict(when(command.apply(first), CREATED, PHONE, NOTES));
        assertThat(conflict.reason()).isEqualTo(Reason.STALE);
        assertThat(conflict.expectedVersion()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("conditionalOrRestoring")
    void aTimeThatNoVersionHasIsStaleWithoutAVersion(Function<ExpectedVersion, CustomerCommand> command) {
        Conflict conflict = conflict(
                when(command.apply(new ExpectedVersion.AsOf(timeOf(1, 2).plusNanos(1_000))), CREATED, PHONE));
        assertThat(conflict.reason()).isEqualTo(Reason.STALE);
        assertThat(conflict.expectedVersion()).isNull();
        assertThat(conflict.mergeable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("conditionalOrRestoring")
    void aheadIsAConflict(Function<ExpectedVersion, CustomerCommand> command) {
        Conflict conflict = conflict(when(command.apply(version(3)), CREATED, PHONE));
        assertThat(conflict.reason()).isEqualTo(Reason.AHEAD);
        assertThat(conflict.current().version()).isEqualTo(2);
        assertThat(conflict.changes()).allMatch(change -> change.sent() && !change.baseKnown());
    }

    @ParameterizedTest
    @MethodSource("conditional")
    void aDeletedRecordTakesNoChange(Function<ExpectedVersion, CustomerCommand> command) {
        for (ExpectedVersion expected : List.of(version(1), version(2), version(9), UNCONDITIONAL)) {
            assertThat(conflict(when(command.apply(expected), CREATED, DELETED)).reason())
                    .isEqualTo(Reason.DELETED);
        }
    }

    @ParameterizedTest
    @MethodSource("conditionalOrRestoring")
    void anUnknownRecordIsNotFound(Function<ExpectedVersion, CustomerCommand> command) {
        for (ExpectedVersion expected : List.of(version(1), version(9), UNCONDITIONAL)) {
            Refused.with(RecordNotFound.class, when(command.apply(expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("conditionalOrRestoring")
    void anotherFactorysRecordIsNotFound(Function<ExpectedVersion, CustomerCommand> command) {
        for (ExpectedVersion expected : List.of(version(1), version(9), UNCONDITIONAL)) {
            Refused.with(RecordNotFound.class, fixture().given(CREATED).when(command.apply(expected), as(STRANGER)));
        }
    }

    @ParameterizedTest
    @MethodSource("conditionalOrRestoring")
    void aVersionWithTheTimeOfAnotherIsAMismatch(Function<ExpectedVersion, CustomerCommand> command) {
        Refused.with(
                PreconditionMismatch.class,
                when(command.apply(new ExpectedVersion.Exactly(2, timeOf(1, 2))), CREATED, PHONE));
    }

    @Test
    void creationAtAnIdInUseIsAConflict() {
        Conflict conflict = conflict(when(create(), CREATED, PHONE));
        assertThat(conflict.reason()).isEqualTo(Reason.EXISTS);
        assertThat(conflict.expectedVersion()).isNull();
        assertThat(conflict.mergeable()).isFalse();
    }

    @Test
    void creationAtTheIdOfADeletedRecordIsAConflict() {
        assertThat(conflict(when(create(), CREATED, DELETED)).reason()).isEqualTo(Reason.DELETED);
    }

    @Test
    void aChangedReadOnlyMemberIsRefused() {
        RuleViolated refusal = Refused.with(RuleViolated.class, when(withForgedCreator(version(1)), CREATED));
        assertThat(refusal.code()).isEqualTo("read-only");
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("createdBy");
    }

    @Test
    void aReadOnlyMemberThatTheNewRecordWillNotHaveIsRefused() {
        RuleViolated refusal = Refused.with(
                RuleViolated.class,
                when(new CreateCustomerCommand(
                        ID, ExpectedVersion.ABSENT, ALFREDS, new ReadOnlyMembers(Map.of("factoryId", "other")))));
        assertThat(refusal.errors()).extracting(FieldError::field).containsExactly("factoryId");
    }

    @Test
    void aStaleChangeThatBreaksARuleTooIsAConflict() {
        assertThat(conflict(when(withForgedCreator(version(1)), CREATED, PHONE)).reason())
                .isEqualTo(Reason.STALE);
    }

    // what a conflict tells

    @Test
    void aConflictTellsBaseTheirsAndYours() {
        Conflict conflict = conflict(when(update(version(1), phone("030-3")), CREATED, PHONE, NOTES));
        assertThat(conflict.changes())
                .containsExactly(
                        new FieldChange("phone", "030-1", true, "030-2", "030-3", true, true, 2L, "bob", timeOf(2, 3)),
                        new FieldChange("notes", null, true, "a note", null, false, false, 3L, "bob", timeOf(3, 3)));
        assertThat(conflict.overlappingFields()).containsExactly("phone");
        assertThat(conflict.mergeable()).isFalse();
    }

    @Test
    void disjointEditsCouldBeMerged() {
        Conflict conflict = conflict(when(update(version(1), email("m@example.com")), CREATED, PHONE));
        assertThat(conflict.changes())
                .extracting(FieldChange::field, FieldChange::overlaps)
                .containsExactly(tuple("email", false), tuple("phone", false));
        assertThat(conflict.mergeable()).isTrue();
    }

    @Test
    void theSameEditByBothDoesNotOverlap() {
        assertThat(conflict(when(update(version(1), phone("030-2")), CREATED, PHONE))
                        .mergeable())
                .isTrue();
    }

    @Test
    void aReplacementEditsOnlyWhatDiffersFromItsBase() {
        CustomerDetails renamed = new CustomerDetails(
                "Alfred's", "Maria", null, "maria@example.com", "030-1", null, List.of("vip"), null);
        Conflict conflict = conflict(when(replace(version(1), renamed), CREATED, PHONE));
        assertThat(conflict.changes())
                .extracting(FieldChange::field, FieldChange::sent, FieldChange::overlaps)
                .containsExactly(tuple("name", true, false), tuple("phone", false, false));
    }

    @Test
    void aDeletionOverlapsWithWhateverOthersHaveDone() {
        Conflict conflict = conflict(when(delete(version(1)), CREATED, PHONE, NOTES));
        assertThat(conflict.overlappingFields()).containsExactly("phone", "notes");
        assertThat(conflict.mergeable()).isFalse();
    }

    @Test
    void aRestorationTellsWhatItWouldChangeAgainstItsBase() {
        Conflict conflict = conflict(when(restore(version(2), 1), CREATED, PHONE, NOTES));
        assertThat(conflict.changes())
                .containsExactly(
                        new FieldChange("phone", "030-2", true, "030-2", "030-1", true, false, null, null, null),
                        new FieldChange("notes", null, true, "a note", null, false, false, 3L, "bob", timeOf(3, 3)));
    }

    @Test
    void anAddressIsOneValue() {
        CustomerDetails moved = address(new Address("Obere Str. 57", "Berlin", null, null, "DE"))
                .applyTo(ALFREDS);
        Conflict conflict = conflict(when(
                update(version(1), address(new Address(null, "Bonn", null, null, "DE"))),
                CREATED,
                updated(ALFREDS, moved)));
        assertThat(conflict.overlappingFields()).containsExactly("address");
    }

    // merging

    @Test
    void aStaleChangeOfAnotherFieldIsMergedWhenAsked() {
        when(update(version(1), email("m@example.com")).merging(), CREATED, PHONE)
                .expectResultMessagePayload(view(3, 2, email("m@example.com").applyTo(WITH_PHONE)))
                .expectEventsMatching(exactSequenceOf(predicate(
                        (EventMessage<?> event) -> over(event).equals(new AppliedOver(2, 2, 2L, List.of())))));
    }

    @Test
    void aStaleChangeOfTheSameFieldIsAConflictWhetherMergingOrNot() {
        UpdateCustomerCommand overlapping = update(version(1), phone("030-3"));
        assertThat(conflict(when(overlapping.merging(), CREATED, PHONE, NOTES)))
                .isEqualTo(conflict(when(overlapping, CREATED, PHONE, NOTES)));
    }

    @Test
    void theSameChangeByBothMergesIntoNothing() {
        when(update(version(1), phone("030-2")).merging(), CREATED, PHONE).expectNoEvents();
    }

    @Test
    void aChangeBasedOnATimeIsMergedToo() {
        ExpectedVersion first = new ExpectedVersion.AsOf(timeOf(1, 2));
        when(update(first, email("m@example.com")).merging(), CREATED, PHONE)
                .expectResultMessagePayload(view(3, 2, email("m@example.com").applyTo(WITH_PHONE)));
    }

    @Test
    void whereTheBaseIsNotKnownNothingIsMerged() {
        ExpectedVersion unknown = new ExpectedVersion.AsOf(timeOf(1, 2).plusNanos(1_000));
        assertThat(conflict(when(update(unknown, email("m@example.com")).merging(), CREATED, PHONE))
                        .reason())
                .isEqualTo(Reason.STALE);
        assertThat(conflict(when(update(version(3), email("m@example.com")).merging(), CREATED, PHONE))
                        .reason())
                .isEqualTo(Reason.AHEAD);
        assertThat(conflict(when(update(version(1), email("m@example.com")).merging(), CREATED, DELETED))
                        .reason())
                .isEqualTo(Reason.DELETED);
    }

    @Test
    void aMergedChangeThatBreaksARuleIsRefused() {
        Refused.with(
                RuleViolated.class,
                when(
                        new UpdateCustomerCommand(
                                ID,
                                version(1),
                                email("m@example.com"),
                                new ReadOnlyMembers(Map.of("createdBy", "ann")),
                                true),
                        CREATED,
                        PHONE));
    }

    // restoring

    @Test
    void restorationBringsBackTheContentsOfAVersion() {
        when(restore(version(3), 1), CREATED, PHONE, NOTES)
                .expectEvents(new CustomerRestored(1, CustomerChanges.between(WITH_NOTES, ALFREDS)))
                .expectResultMessagePayload(view(4, 3, ALFREDS));
    }

    @Test
    void restorationBringsBackADeletedRecord() {
        when(restore(version(3), 2), CREATED, PHONE, DELETED)
                .expectEvents(new CustomerRestored(2, CustomerChanges.between(WITH_PHONE, WITH_PHONE)))
                .expectResultMessagePayload(view(4, 3, WITH_PHONE));
    }

    @Test
    void theContentsThatWereDeletedAreThoseOfTheDeletion() {
        when(restore(UNCONDITIONAL, 3), CREATED, PHONE, DELETED).expectResultMessagePayload(view(4, 3, WITH_PHONE));
    }

    @Test
    void aVersionThatTheRecordNeverHadCannotBeRestored() {
        RuleViolated refusal = Refused.with(RuleViolated.class, when(restore(version(2), 3), CREATED, PHONE));
        assertThat(refusal.errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("toVersion", "unknown-version"));
    }

    @Test
    void aStaleRestorationOfADeletedRecordIsAConflict() {
        Conflict conflict = conflict(when(restore(version(2), 1), CREATED, PHONE, DELETED));
        assertThat(conflict.reason()).isEqualTo(Reason.STALE);
        assertThat(conflict.current().deleted()).isTrue();
    }

    // rules are for those who write

    @Test
    void whatWasWrittenUnderOtherRulesIsReadChangedAndRestored() {
        CustomerDetails old =
                new CustomerDetails("Alfreds", null, null, "no address", "0".repeat(60), null, List.of(), null);
        when(update(version(1), notes("a note")), new CustomerCreated(old))
                .expectResultMessagePayload(view(2, 1, notes("a note").applyTo(old)));
        when(restore(version(2), 1), new CustomerCreated(old), updated(old, ALFREDS))
                .expectResultMessagePayload(view(3, 2, old));
    }

    @Test
    void whatIsOutOfRangeIsNotWritten() {
        CustomerDetails wrong =
                new CustomerDetails(" ", null, null, "no address", "0".repeat(60), null, List.of(), null);
        for (ThrowingCallable command : List.<ThrowingCallable>of(
                () -> new CreateCustomerCommand(ID, wrong),
                () -> new ReplaceCustomerCommand(ID, version(1), wrong),
                () -> new CustomerPatch(
                        new Assign<>(" "),
                        null,
                        null,
                        new Assign<>("no address"),
                        new Assign<>("0".repeat(60)),
                        null,
                        null,
                        null))) {
            assertThat(catchThrowableOfType(InvalidFields.class, command).errors())
                    .extracting(FieldError::field)
                    .containsExactly("name", "email", "phone");
        }
    }

    // what is applied over others' changes says so

    @Test
    void anUnconditionalChangeSaysWhoseFieldsItOverwrote() {
        assertThat(appliedOver(update(UNCONDITIONAL, phone("030-3")), CREATED, PHONE, NOTES))
                .contains(new AppliedOver(1, 3, null, List.of(new Overwritten("phone", 2, "bob"))));
    }

    @Test
    void whoNamesTheVersionThatTheyEditedOverwritesOnlyWhatCameAfterIt() {
        for (ExpectedVersion expected : List.of(
                new ExpectedVersion.Exactly(3, null, 2L),
                new ExpectedVersion.AsOf(timeOf(3, 3), 2L),
                new ExpectedVersion.Unconditional(2L))) {
            assertThat(appliedOver(update(expected, phone("030-3")), CREATED, PHONE, NOTES))
                    .contains(new AppliedOver(3, 3, null, List.of()));
            assertThat(appliedOver(update(expected, notes("mine")), CREATED, PHONE, NOTES))
                    .contains(new AppliedOver(3, 3, null, List.of(new Overwritten("notes", 3, "bob"))));
        }
    }

    @Test
    void aDeletionOverwritesAllThatOthersHaveDone() {
        assertThat(appliedOver(delete(new ExpectedVersion.Exactly(3, null, 1L)), CREATED, PHONE, NOTES)
                        .orElseThrow()
                        .overwritten())
                .containsExactlyInAnyOrder(new Overwritten("phone", 2, "bob"), new Overwritten("notes", 3, "bob"));
    }

    @Test
    void whoHasSeenAllThereWasOverwritesNobody() {
        assertThat(appliedOver(update(version(2), notes("a note")), CREATED, PHONE))
                .isEmpty();
        assertThat(appliedOver(update(new ExpectedVersion.Exactly(2, null, 2L), notes("a note")), CREATED, PHONE))
                .isEmpty();
    }

    @Test
    void whatNobodyHasWrittenYetCannotHaveBeenEdited() {
        Conflict conflict =
                conflict(when(update(new ExpectedVersion.Unconditional(3L), phone("030-3")), CREATED, PHONE));
        assertThat(conflict.reason()).isEqualTo(Reason.AHEAD);
        assertThat(conflict.expectedVersion()).isEqualTo(3);
    }

    @Test
    void aMergeOfAnEarlierEditTellsWhatItOverwroteApartFromWhatItWasMergedWith() {
        for (ExpectedVersion expected :
                List.of(new ExpectedVersion.Exactly(2, null, 1L), new ExpectedVersion.AsOf(timeOf(2, 3), 1L))) {
            assertThat(appliedOver(update(expected, phone("030-3")).merging(), CREATED, PHONE, NOTES))
                    .contains(new AppliedOver(2, 3, 3L, List.of(new Overwritten("phone", 2, "bob"))));
        }
    }

    @Test
    void aMergeTellsAllThatItWasMergedWithThoughLessWasEdited() {
        for (long edited : new long[] {2, 3}) {
            ExpectedVersion expected = new ExpectedVersion.AsOf(timeOf(1, 3), edited);
            assertThat(appliedOver(update(expected, email("m@example.com")).merging(), CREATED, PHONE, NOTES))
                    .contains(new AppliedOver(2, 3, 2L, List.of()));
        }
    }

    @Test
    void whatNobodyHasWrittenYetCannotBeMergedEither() {
        ExpectedVersion expected = new ExpectedVersion.AsOf(timeOf(1, 2), 3L);
        Conflict conflict =
                conflict(when(update(expected, email("m@example.com")).merging(), CREATED, PHONE));
        assertThat(conflict.reason()).isEqualTo(Reason.AHEAD);
        assertThat(conflict.expectedVersion()).isEqualTo(3);
        assertThat(conflict)
                .isEqualTo(conflict(
                        when(update(new ExpectedVersion.Unconditional(3L), email("m@example.com")), CREATED, PHONE)));
    }

    @Test
    void aKeyIsKeptWithTheEvent() {
        Map<String, Object> metaData = new HashMap<>(as(ANN));
        metaData.putAll(new IdempotencyKey("k-1", "digest").toMetaData());
        fixture()
                .given(CREATED)
                .when(update(version(1), phone("030-2")), metaData)
                .expectEventsMatching(exactSequenceOf(predicate((EventMessage<?> event) ->
                        "k-1".equals(event.getMetaData().get("idempotencyKey")))));
    }

    private static AppliedOver over(EventMessage<?> event) {
        return Objects.requireNonNull(EventMetaData.recorded((CustomerEvent) event.getPayload(), 0, event.getMetaData())
                .appliedOver());
    }

    private Optional<AppliedOver> appliedOver(CustomerCommand command, CustomerEvent... history) {
        AtomicReference<@Nullable AppliedOver> found = new AtomicReference<>();
        when(command, history).expectEventsMatching(exactSequenceOf(predicate((EventMessage<?> event) -> {
            found.set(EventMetaData.recorded((CustomerEvent) event.getPayload(), 0, event.getMetaData())
                    .appliedOver());
            return true;
        })));
        return Optional.ofNullable(found.get());
    }

    private ResultValidator<Customer> when(CustomerCommand command, CustomerEvent... history) {
        return fixture().given(history).when(command, as(ANN));
    }

    /** A fixture serves one scenario. */
    private static RecordFixture<Customer, CustomerDetails, CustomerEvent> fixture() {
        return new RecordFixture<>(Customer.class, CustomerType.INSTANCE, Customer::new);
    }

    private static Conflict conflict(ResultValidator<Customer> outcome) {
        return Refused.with(VersionConflict.class, outcome).conflict();
    }

    private static CustomerCommand create() {
        return new CreateCustomerCommand(ID, ALFREDS);
    }

    private static UpdateCustomerCommand update(ExpectedVersion expected, CustomerPatch patch) {
        return new UpdateCustomerCommand(ID, expected, patch);
    }

    private static CustomerCommand replace(ExpectedVersion expected, CustomerDetails details) {
        return new ReplaceCustomerCommand(ID, expected, details);
    }

    private static CustomerCommand delete(ExpectedVersion expected) {
        return new DeleteCustomerCommand(ID, expected);
    }

    private static CustomerCommand restore(ExpectedVersion expected, long toVersion) {
        return new RestoreCustomerCommand(ID, expected, toVersion);
    }

    private static CustomerCommand withForgedCreator(ExpectedVersion expected) {
        return new UpdateCustomerCommand(
                ID, expected, phone("030-9"), new ReadOnlyMembers(Map.of("createdBy", "ann", "id", ID)));
    }

    private static RecordView<CustomerDetails> view(long version, int before, CustomerDetails details) {
        return new RecordView<>(
                CustomerType.INSTANCE.key(ID),
                "factory-1",
                version,
                false,
                timeOf(1, before),
                "bob",
                NOW,
                "ann",
                details);
    }

    private static CustomerPatch phone(String phone) {
        return new CustomerPatch(null, null, null, null, new Assign<>(phone), null, null, null);
    }

    private static CustomerPatch email(String email) {
        return new CustomerPatch(null, null, null, new Assign<>(email), null, null, null, null);
    }

    private static CustomerPatch notes(@Nullable String notes) {
        return new CustomerPatch(null, null, null, null, null, null, null, new Assign<>(notes));
    }

    private static CustomerPatch address(Address address) {
        return new CustomerPatch(null, null, null, null, null, new Assign<>(address), null, null);
    }

    private static CustomerUpdated updated(CustomerDetails before, CustomerDetails after) {
        return new CustomerUpdated(CustomerChanges.between(before, after));
    }
}
