package dev.unlost.app.architecture.bad.customer.command;

import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.command.RecordAggregate;
import java.time.Instant;

/** An aggregate that looks at the clock itself. */
abstract class TimedAggregate<D, E extends RecordEvent> extends RecordAggregate<D, E> {

    TimedAggregate(RecordType<D, E> type, RecordKey key) {
        super(type, key, null);
    }

    Instant decide() {
        return Instant.now();
    }
}
