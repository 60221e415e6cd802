package dev.unlost.customer.command;

import static dev.unlost.versioning.command.RecordFixture.ANN;
import static dev.unlost.versioning.command.RecordFixture.NOW;
import static dev.unlost.versioning.command.RecordFixture.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerCommand;
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
import dev.unlost.versioning.Action;
import dev.unlost.versioning.Assign;
import dev.unlost.versioning.Conflict;
import dev.unlost.versioning.Conflict.FieldChange;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal.VersionConflict;
import dev.unlost.versioning.command.RecordFixture;
import dev.unlost.versioning.command.Refused;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every history, on many that were made at random; each is told by its seed. */
class RandomHistoriesTest {

    private static final String ID = "3f2c1d5e-0000-4000-8000-000000000001";
    private static final int HISTORIES = 150;

    static LongStream seeds() {
        return LongStream.range(0, HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theChangesOfAConflictAppliedToItsBaseGiveTheRecordAsItIs(long seed) {
        Random random = new Random(seed);
        History history = History.of(random, 2 + random.nextInt(10));
        int base = 1 + random.nextInt(history.length() - 1);
        CustomerPatch patch = patch(random, fields(random));

        Conflict conflict = conflict(history, new UpdateCustomerCommand(ID, ExpectedVersion.version(base), patch));

        Map<String, @Nullable Object> applied = new LinkedHashMap<>(json(history.at(base)));
        for (FieldChange change : conflict.changes()) {
            assertThat(applied.get(change.field())).as(change.field()).isEqualTo(change.base());
            applied.put(change.field(), change.theirs());
        }
        assertThat(applied).isEqualTo(json(history.last()));
        assertThat(conflict.current().details()).isEqualTo(history.last());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergingDisjointEditsIsApplyingBothInEitherOrder(long seed) {
        Random random = new Random(seed);
        History history = History.of(random, 1 + random.nextInt(5));
        CustomerDetails base = history.last();
        Set<Field> theirs = fields(random);
        Set<Field> ours = EnumSet.complementOf(EnumSet.copyOf(theirs));
        CustomerPatch their = patch(random, theirs);
        CustomerPatch our = patch(random, ours);
        History moved = history.and(their.applyTo(base));

        RecordView<?> merged = accepted(
                moved, new UpdateCustomerCommand(ID, ExpectedVersion.version(history.length()), our).merging());

        assertThat(merged.details())
                .isEqualTo(our.applyTo(their.applyTo(base)))
                .isEqualTo(their.applyTo(our.applyTo(base)));
    }

    /** Whatever the edits: merged if, and only if, no field has been given another value since. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatOverlapsIsNeverMerged(long seed) {
        Random random = new Random(seed);
        History history = History.of(random, 1 + random.nextInt(5));
        CustomerDetails base = history.last();
        Set<Field> fields = fields(random);
        CustomerDetails theirs = patch(random, fields(random)).applyTo(base);
        CustomerPatch our = patch(random, fields);
        History moved = history.and(theirs);
        boolean overlaps = fields.stream()
                .map(Field::publicName)
                .anyMatch(field ->
                        !Objects.equals(json(base).get(field), json(theirs).get(field))
                                && !Objects.equals(
                                        json(our.applyTo(theirs)).get(field),
                                        json(theirs).get(field)));
        if (moved.length() == history.length()) {
            return; // they changed nothing
        }
        CustomerCommand merging =
                new UpdateCustomerCommand(ID, ExpectedVersion.version(history.length()), our).merging();
        if (overlaps) {
            assertThat(conflict(moved, merging).mergeable()).isFalse();
        } else {
            assertThat(accepted(moved, merging).details()).isEqualTo(our.applyTo(theirs));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void restoringAVersionGivesItsContents(long seed) {
        Random random = new Random(seed);
        History history = History.of(random, 2 + random.nextInt(10));
        int toVersion = 1 + random.nextInt(history.length());

        RecordView<?> restored =
                accepted(history, new RestoreCustomerCommand(ID, ExpectedVersion.version(history.length()), toVersion));

        assertThat(restored.details()).isEqualTo(history.at(toVersion));
        assertThat(restored.deleted()).isFalse();
    }

    private static Conflict conflict(History history, CustomerCommand command) {
        return Refused.with(VersionConflict.class, when(history, command)).conflict();
    }

    private static RecordView<?> accepted(History history, CustomerCommand command) {
        AtomicReference<@Nullable Object> answer = new AtomicReference<>();
        when(history, command)
                .expectSuccessfulHandlerExecution()
                .expectResultMessagePayloadMatching(Matchers.predicate(payload -> {
                    answer.set(payload);
                    return true;
                }));
        return (RecordView<?>) Objects.requireNonNull(answer.get());
    }

    private static ResultValidator<Customer> when(History history, CustomerCommand command) {
        return new RecordFixture<>(Customer.class, CustomerType.INSTANCE, Customer::new)
                .givenAt(NOW.minusSeconds(100), history.events().toArray(CustomerEvent[]::new))
                .when(command, as(ANN));
    }

    private static Map<String, @Nullable Object> json(CustomerDetails details) {
        return CustomerType.INSTANCE.fields(details);
    }

    /** Events, and the contents after each of them. */
    private record History(List<CustomerEvent> events, List<CustomerDetails> contents) {

        static History of(Random random, int length) {
            CustomerDetails first = patch(random, EnumSet.allOf(Field.class))
                    .applyTo(new CustomerDetails("new", null, null, null, null, null, List.of(), null));
            History history = new History(List.of(new CustomerCreated(first)), List.of(first));
            while (history.length() < length) {
                history = history.next(random);
            }
            return history;
        }

        private History next(Random random) {
            if (events.getLast().action() == Action.DELETE) {
                int toVersion = 1 + random.nextInt(length());
                return then(
                        new CustomerRestored(toVersion, CustomerChanges.between(last(), at(toVersion))), at(toVersion));
            }
            if (random.nextInt(10) == 0) {
                return then(new CustomerDeleted(), last());
            }
            return and(patch(random, fields(random)).applyTo(last()));
        }

        /** With one more update; without, where that would change nothing. */
        History and(CustomerDetails after) {
            History living = events.getLast().action() == Action.DELETE
                    ? then(new CustomerRestored(length(), CustomerChanges.between(last(), last())), last())
                    : this;
            return after.equals(last())
                    ? living
                    : living.then(new CustomerUpdated(CustomerChanges.between(last(), after)), after);
        }

        private History then(CustomerEvent event, CustomerDetails after) {
            List<CustomerEvent> longer = new ArrayList<>(events);
            longer.add(event);
            List<CustomerDetails> more = new ArrayList<>(contents);
            more.add(after);
            return new History(longer, more);
        }

        int length() {
            return events.size();
        }

        CustomerDetails at(long version) {
            return contents.get((int) version - 1);
        }

        CustomerDetails last() {
            return contents.getLast();
        }
    }

    private enum Field {
        NAME("name"),
        CONTACT_NAME("contactName"),
        CONTACT_TITLE("contactTitle"),
        EMAIL("email"),
        PHONE("phone"),
        ADDRESS("address"),
        TAGS("tags"),
        NOTES("notes");

        private final String publicName;

        Field(String publicName) {
            this.publicName = publicName;
        }

        String publicName() {
            return publicName;
        }
    }

    /** At least one, not all. */
    private static Set<Field> fields(Random random) {
        Set<Field> fields = EnumSet.noneOf(Field.class);
        fields.add(Field.values()[random.nextInt(Field.values().length)]);
        for (Field field : Field.values()) {
            if (fields.size() < Field.values().length - 1 && random.nextInt(4) == 0) {
                fields.add(field);
            }
        }
        return fields;
    }

    /** Few values, so that fields return to what they were, and people write the same. */
    private static CustomerPatch patch(Random random, Set<Field> fields) {
        String some = List.of("a", "b", "c").get(random.nextInt(3));
        String other = random.nextInt(4) == 0 ? null : some;
        return new CustomerPatch(
                fields.contains(Field.NAME) ? new Assign<>(some) : null,
                assign(fields, Field.CONTACT_NAME, other),
                assign(fields, Field.CONTACT_TITLE, other),
                assign(fields, Field.EMAIL, some + "@example.com"),
                assign(fields, Field.PHONE, other),
                assign(fields, Field.ADDRESS, other == null ? null : new Address(null, other, null, null, "DE")),
                assign(fields, Field.TAGS, other == null ? List.of() : List.of(other)),
                assign(fields, Field.NOTES, other));
    }

    private static <T> @Nullable Assign<T> assign(Set<Field> fields, Field field, @Nullable T value) {
        return fields.contains(field) ? new Assign<>(value) : null;
    }
}
