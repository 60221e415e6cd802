package dev.unlost.versioning.command;

import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.RecordCommand;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Dispatches a command again that lost a race, on the record as the winner left it, on the caller's own thread.
 *
 * <p>A command that names its version needs this once: the second time it is either a conflict with an explanation, or
 * the copy it was checked against was the stale one. Commands that apply to whatever is there go on, with jitter, until
 * they get through or have tried often enough.
 */
public final class RaceRetryScheduler implements RetryScheduler {

    private static final int CHECKED_TRIES = 3;
    private static final int UNCHECKED_TRIES = 20;
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public boolean scheduleRetry(
            CommandMessage message,
            RuntimeException lastFailure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        if (!(lastFailure instanceof ConcurrencyException) || failures.size() >= tries(message)) {
            return false;
        }
        long longest = Math.min(MAX_PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(1) << Math.min(failures.size(), 10));
        if (failures.size() > 1) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
        dispatch.run();
        return true;
    }

    private static int tries(CommandMessage<?> message) {
        return message.getPayload() instanceof RecordCommand command
                        && !ExpectedVersion.holdsForAny(command.expected())
                        && !command.merges()
                ? CHECKED_TRIES
                : UNCHECKED_TRIES;
    }
}
