package dev.unlost.feed.query;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a transaction that does not end keeps all readers of the log, on every node, from what came after it.
 * One thread observes, any may ask.
 */
final class HorizonWatch {

    private static final Logger LOG = LoggerFactory.getLogger(HorizonWatch.class);

    private final long alarmAfterNanos;

    private long holder;
    private long heldSince;
    private long alarmedAt;
    private volatile long heldNanos;
    private volatile boolean alarmed;

    /** @param alarmAfter how long a transaction may hold the horizon before that is worth a warning */
    HorizonWatch(Duration alarmAfter) {
        this.alarmAfterNanos = alarmAfter.toNanos();
    }

    /** @param now {@link System#nanoTime()} */
    void observe(Horizon horizon, long now) {
        if (!horizon.isHeld()) {
            release(now);
            return;
        }
        if (horizon.oldestRunning() != holder) {
            release(now);
            holder = horizon.oldestRunning();
            heldSince = now;
        }
        heldNanos = now - heldSince;
        if (heldNanos >= alarmAfterNanos && (!alarmed || now - alarmedAt >= alarmAfterNanos)) {
            alarmed = true;
            alarmedAt = now;
            LOG.warn(
                    "the log's readers have been waiting for transaction {} for {} s; see pg_stat_activity.backend_xid",
                    Long.toUnsignedString(holder),
                    Duration.ofNanos(heldNanos).toSeconds());
        }
    }

    private void release(long now) {
        if (alarmed) {
            alarmed = false;
            LOG.info(
                    "transaction {} has ended after {} s; the log's readers go on",
                    Long.toUnsignedString(holder),
                    Duration.ofNanos(now - heldSince).toSeconds());
        }
        holder = 0;
        heldNanos = 0;
    }

    /** @return how long the horizon has not moved on while a transaction held it; zero where none does */
    Duration held() {
        return Duration.ofNanos(heldNanos);
    }

    boolean isAlarmed() {
        return alarmed;
    }
}
