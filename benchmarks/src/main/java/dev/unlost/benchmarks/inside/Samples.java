package dev.unlost.benchmarks.inside;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent;
import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.Change;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer and what happened to it. */
public final class Samples {

    static final RecordKey KEY = CustomerType.INSTANCE.key("0197f3a2-5d2c-7c3e-9a0b-3f1d5b7c9e11");
    static final Origin ORIGIN = new Origin("factory-1", "u-1", "0197f3a2-5d2c-7c3e-9a0b-3f1d5b7c9e12");
    static final Instant TIME = Instant.parse("2026-11-22T10:15:30.123456Z");

    private static final int VERSIONS = 10;

    private Samples() {}

    static CustomerCreated created() {
        return new CustomerCreated(new CustomerDetails(
                "Lindner Trading 1",
                "Maria Anders",
                "Sales Representative",
                "office1@example.com",
                phone(0),
                new Address("1 Harbour St", "Berlin", "North", "10115", "DE"),
                List.of("export", "food"),
                "Weekdays only."));
    }

    /** @param number from 1 */
    static CustomerUpdated updated(int number) {
        return new CustomerUpdated(new CustomerChanges(
                null, null, null, null, new Change<>(phone(number - 1), phone(number)), null, null, null));
    }

    /** @return its creation and nine changes of its telephone number */
    static List<Recorded<CustomerEvent>> history() {
        List<Recorded<CustomerEvent>> history = new ArrayList<>();
        for (int i = 0; i < VERSIONS; i++) {
            history.add(new Recorded<>(
                    i + 1, TIME.plusSeconds(i), ORIGIN, false, false, null, i == 0 ? created() : updated(i)));
        }
        return history;
    }

    static @Nullable RecordView<CustomerDetails> fold(List<Recorded<CustomerEvent>> history) {
        RecordView<CustomerDetails> view = null;
        for (Recorded<CustomerEvent> recorded : history) {
            view = CustomerType.INSTANCE.fold(KEY, view, recorded);
        }
        return view;
    }

    /** @return the customer as it was created */
    public static RecordView<CustomerDetails> view() {
        return CustomerType.INSTANCE.fold(KEY, null, history().getFirst());
    }

    private static String phone(int number) {
        return "+49 30 000000" + number;
    }
}
