package dev.unlost.customer.http;

import static dev.unlost.versioning.Assign.after;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerCommand.CreateCustomerCommand;
import dev.unlost.customer.CustomerCommand.DeleteCustomerCommand;
import dev.unlost.customer.CustomerCommand.ReplaceCustomerCommand;
import dev.unlost.customer.CustomerCommand.RestoreCustomerCommand;
import dev.unlost.customer.CustomerCommand.UpdateCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerPatch;
import dev.unlost.customer.CustomerQuery.FindCustomer;
import dev.unlost.customer.CustomerType;
import dev.unlost.http.Members;
import dev.unlost.http.RecordCodec;
import dev.unlost.ids.TimeOrderedIds;
import dev.unlost.versioning.Assign;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.ReadOnlyMembers;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordView;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How customers are written in JSON. */
@Component
class CustomerCodec implements RecordCodec<CustomerDetails> {

    static final String PATH = "/api/customers";

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    @Override
    public CustomerType type() {
        return CustomerType.INSTANCE;
    }

    @Override
    public String newId() {
        return TimeOrderedIds.next(Clock.systemUTC()).toString();
    }

    @Override
    public Optional<String> canonicalId(String id) {
        return Optional.of(id.toLowerCase(Locale.ROOT)).filter(CustomerCodec::isCanonical);
    }

    static boolean isCanonical(String id) {
        return UUID.matcher(id).matches();
    }

    @Override
    public String path(RecordView<?> view) {
        return PATH + "/" + view.key().id();
    }

    @Override
    public RecordCommand create(String id, ExpectedVersion.Absent expected, Members body, ReadOnlyMembers readOnly) {
        return new CreateCustomerCommand(id, expected, details(body), readOnly);
    }

    @Override
    public RecordCommand replace(String id, ExpectedVersion expected, Members body, ReadOnlyMembers readOnly) {
        return new ReplaceCustomerCommand(id, expected, details(body), readOnly);
    }

    @Override
    public RecordCommand update(
            String id, ExpectedVersion expected, Members body, ReadOnlyMembers readOnly, boolean merges) {
        return new UpdateCustomerCommand(id, expected, patch(body), readOnly, merges);
    }

    @Override
    public RecordCommand delete(String id, ExpectedVersion expected) {
        return new DeleteCustomerCommand(id, expected);
    }

    @Override
    public RecordCommand restore(String id, ExpectedVersion expected, long toVersion, ReadOnlyMembers readOnly) {
        return new RestoreCustomerCommand(id, expected, toVersion, readOnly);
    }

    @Override
    public FindCustomer find(String id) {
        return new FindCustomer(id);
    }

    @SuppressWarnings("NullAway") // what must not be null is refused
    private static CustomerDetails details(Members body) {
        Fields fields = Fields.of(body, body.text("name"));
        return body.build(() -> new CustomerDetails(
                        after(fields.name, null),
                        after(fields.contactName, null),
                        after(fields.contactTitle, null),
                        after(fields.email, null),
                        after(fields.phone, null),
                        after(fields.address, null),
                        after(fields.tags, null),
                        after(fields.notes, null))
                .checked());
    }

    private static CustomerPatch patch(Members body) {
        Fields fields = Fields.of(body, body.lastingText("name"));
        return body.build(() -> new CustomerPatch(
                fields.name,
                fields.contactName,
                fields.contactTitle,
                fields.email,
                fields.phone,
                fields.address,
                fields.tags,
                fields.notes));
    }

    private record Fields(
            @Nullable Assign<String> name,
            @Nullable Assign<String> contactName,
            @Nullable Assign<String> contactTitle,
            @Nullable Assign<String> email,
            @Nullable Assign<String> phone,
            @Nullable Assign<Address> address,
            @Nullable Assign<List<String>> tags,
            @Nullable Assign<String> notes) {

        static Fields of(Members body, @Nullable Assign<String> name) {
            return new Fields(
                    name,
                    body.text("contactName"),
                    body.text("contactTitle"),
                    body.text("email"),
                    body.text("phone"),
                    body.object("address", CustomerCodec::address),
                    body.texts("tags"),
                    body.text("notes"));
        }
    }

    private static Address address(Members address) {
        return new Address(
                after(address.text("street"), null),
                after(address.text("city"), null),
                after(address.text("region"), null),
                after(address.text("postalCode"), null),
                after(address.text("country"), null));
    }
}
