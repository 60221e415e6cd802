package dev.unlost.customer;

import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked of a customer. Every command is answered with the whole new record. */
public sealed interface CustomerCommand extends RecordCommand {

    /** The customer's id, a UUID in its canonical text form. */
    String id();

    @Override
    default RecordKey key() {
        return CustomerType.INSTANCE.key(id());
    }

    /** Creates a customer at an id that no customer has ever had. */
    record CreateCustomerCommand(
            String id, ExpectedVersion.Absent expected, CustomerDetails details, ReadOnlyMembers readOnly)
            implements CustomerCommand {

        /** @throws dev.unlost.versioning.Refusal.InvalidFields naming every field that is out of range */
        public CreateCustomerCommand {
            details.checked();
        }

        public CreateCustomerCommand(String id, CustomerDetails details) {
            this(id, ExpectedVersion.ABSENT, details, ReadOnlyMembers.NONE);
        }

        @Override
        public Map<String, @Nullable Object> sent() {
            return CustomerType.INSTANCE.fields(details);
        }

        @Override
        public boolean sendsWholeRecord() {
            return true;
        }
    }

    /**
     * Sets some fields (PATCH).
     *
     * @param merges whether it is applied although it is stale, as long as it touches none of the fields that others have
     *     touched since
     */
    record UpdateCustomerCommand(
            String id, ExpectedVersion expected, CustomerPatch patch, ReadOnlyMembers readOnly, boolean merges)
            implements CustomerCommand {

        public UpdateCustomerCommand(
                String id, ExpectedVersion expected, CustomerPatch patch, ReadOnlyMembers readOnly) {
            this(id, expected, patch, readOnly, false);
        }

        public UpdateCustomerCommand(String id, ExpectedVersion expected, CustomerPatch patch) {
            this(id, expected, patch, ReadOnlyMembers.NONE, false);
        }

        public UpdateCustomerCommand merging() {
            return new UpdateCustomerCommand(id, expected, patch, readOnly, true);
        }

        @Override
        public Map<String, @Nullable Object> sent() {
            return patch.sent();
        }
    }

    /** Sets all fields (PUT). */
    record ReplaceCustomerCommand(
            String id, ExpectedVersion expected, CustomerDetails details, ReadOnlyMembers readOnly)
            implements CustomerCommand {

        /** @throws dev.unlost.versioning.Refusal.InvalidFields naming every field that is out of range */
        public ReplaceCustomerCommand {
            details.checked();
        }

        public ReplaceCustomerCommand(String id, ExpectedVersion expected, CustomerDetails details) {
            this(id, expected, details, ReadOnlyMembers.NONE);
        }

        @Override
        public Map<String, @Nullable Object> sent() {
            return CustomerType.INSTANCE.fields(details);
        }

        @Override
        public boolean sendsWholeRecord() {
            return true;
        }
    }

    /** Deletes the customer; its history stays. */
    record DeleteCustomerCommand(String id, ExpectedVersion expected) implements CustomerCommand {
        @Override
        public boolean deletes() {
            return true;
        }
    }

    /**
     * Brings back the contents of a version, and the customer with them where it was deleted.
     *
     * @param toVersion from 1
     */
    record RestoreCustomerCommand(String id, ExpectedVersion expected, long toVersion, ReadOnlyMembers readOnly)
            implements CustomerCommand {

        public RestoreCustomerCommand(String id, ExpectedVersion expected, long toVersion) {
            this(id, expected, toVersion, ReadOnlyMembers.NONE);
        }

        @Override
        public Long restores() {
            return toVersion;
        }

        @Override
        public boolean sendsWholeRecord() {
            return true;
        }
    }
}
