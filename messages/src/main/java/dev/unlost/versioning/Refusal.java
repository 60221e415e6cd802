package dev.unlost.versioning;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An expected answer to a request that is not carried out. It carries values; the edge gives it words and a status. */
public abstract sealed class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Refusal(String message) {
        super(message, null, false, false);
    }

    /** A field's value is invalid whatever the record's state. */
    public static final class InvalidFields extends Refusal {
        private final transient List<FieldError> errors;

        public InvalidFields(List<FieldError> errors) {
            super("invalid fields: " + errors.stream().map(FieldError::field).toList());
            this.errors = List.copyOf(errors);
        }

        public List<FieldError> errors() {
            return errors;
        }
    }

    /** A rule that depends on the record's state, or on that of other records, does not hold. */
    public static final class RuleViolated extends Refusal {
        private final String code;
        private final transient List<FieldError> errors;
        private final transient @Nullable Offending offending;

        /** @param code stable; names the kind of problem, e.g. {@code read-only} */
        public RuleViolated(String code, List<FieldError> errors) {
            this(code, errors, null);
        }

        /** @param offending the records that the rule would not hold for; null where it is not about others */
        public RuleViolated(String code, List<FieldError> errors, @Nullable Offending offending) {
            super("rule violated: " + code);
            this.code = code;
            this.errors = List.copyOf(errors);
            this.offending = offending;
        }

        public String code() {
            return code;
        }

        public Optional<Offending> offending() {
            return Optional.ofNullable(offending);
        }

        public List<FieldError> errors() {
            return errors;
        }
    }

    /** There is no such record in the caller's factory. */
    public static final class RecordNotFound extends Refusal {
        private final transient RecordKey key;

        public RecordNotFound(RecordKey key) {
            super("no " + key);
            this.key = key;
        }

        public RecordKey key() {
            return key;
        }
    }

    /** Two ways of saying the expected version name different versions. */
    public static final class PreconditionMismatch extends Refusal {
        public PreconditionMismatch(String message) {
            super(message);
        }
    }

    /** The change was not based on the record as it is now. */
    public static final class VersionConflict extends Refusal {
        private final transient Conflict conflict;

        public VersionConflict(Conflict conflict) {
            super("conflict on " + conflict.current().key() + ": " + conflict.reason());
            this.conflict = conflict;
        }

        public Conflict conflict() {
            return conflict;
        }
    }

    /** The same key was used before, for a request that asked for something else. */
    public static final class KeyReused extends Refusal {
        public KeyReused() {
            super("idempotency key reused");
        }
    }

    /** A request with the same key is being worked on. */
    public static final class InProgress extends Refusal {
        public InProgress() {
            super("a request with this idempotency key is in progress");
        }
    }

    /** At least one command of a batch is refused, and with it the batch. */
    public static final class BatchRefused extends Refusal {
        private final transient SortedMap<Integer, Refusal> byItem;

        /** @param byItem by place in the batch, from 0; not empty */
        public BatchRefused(SortedMap<Integer, Refusal> byItem) {
            super("batch refused: " + byItem.size() + " of its items are");
            this.byItem = Collections.unmodifiableSortedMap(new TreeMap<>(byItem));
        }

        public SortedMap<Integer, Refusal> byItem() {
            return byItem;
        }
    }

    /** Too many others write at once; the change was not made. Trying again later may help. */
    public static final class Busy extends Refusal {
        public Busy(String message) {
            super(message);
        }
    }
}
