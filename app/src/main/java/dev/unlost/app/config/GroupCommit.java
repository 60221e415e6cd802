package dev.unlost.app.config;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets what comes while others are at work be done all at once. Who finds nobody at work in their lane begins at once, and
 * does not wait for company; the others wait. Once nobody is at work any more, as many wait as make a full group, or somebody
 * has waited for long, one of those who wait works for them all.
 *
 * @param <K> what tells lanes apart
 * @param <T> what is to be done
 * @param <R> what came of it, for all who were done together
 */
final class GroupCommit<K, T, R> {

    private final int most;
    private final long longNanos;
    private final ConcurrentHashMap<K, Lane> lanes = new ConcurrentHashMap<>();

    /**
     * @param most how many items a group has at most
     * @param longWait after which those who wait do not count on those who are at work any more
     */
    GroupCommit(int most, Duration longWait) {
        this.most = most;
        this.longNanos = longWait.toNanos();
    }

    /** Changed only within {@link ConcurrentHashMap#compute} of its key. */
    private final class Lane {
        private final Deque<Member<T, R>> waiting = new ArrayDeque<>();
        private int groupsAtWork;

        private void beginIfItIsTime() {
            boolean idle = groupsAtWork == 0 && !waiting.isEmpty();
            if (idle || waiting.size() >= most) {
                begin();
            }
        }

        /** Sets a group to work. */
        private void begin() {
            List<Member<T, R>> group = new ArrayList<>();
            while (group.size() < most && !waiting.isEmpty()) {
                group.add(waiting.removeFirst());
            }
            groupsAtWork++;
            Member<T, R> first = group.getFirst();
            first.group = group;
            LockSupport.unpark(first.thread);
        }
    }

    private static final class Member<T, R> {
        private final Thread thread = Thread.currentThread();
        private final T item;

        /** Set once it is this member's turn to work, for these. */
        private volatile @Nullable List<Member<T, R>> group;

        private volatile @Nullable R result;
        private volatile @Nullable Throwable failure;

        private Member(T item) {
            this.item = item;
        }

        private void end(@Nullable R ofAll, @Nullable Throwable failureOfAll) {
            result = ofAll;
            failure = failureOfAll;
            LockSupport.unpark(thread);
        }

        private boolean waits() {
            return group == null && result == null && failure == null;
        }
    }

    /**
     * @param work done by the calling thread for its own item or for several, or by another for this item too. Returns what
     *     is true of all of them; what it throws fails all of them
     */
    R commit(K lane, T item, Function<List<T>, R> work) {
        Member<T, R> member = new Member<>(item);
        enter(lane, member);
        await(lane, member);
        List<Member<T, R>> group = member.group;
        if (group != null) {
            return workFor(group, lane, work);
        }
        Throwable failure = member.failure;
        R result = member.result;
        if (failure != null || result == null) {
            throw new IllegalStateException("what was done together with others failed", failure);
        }
        return result;
    }

    private void await(K key, Member<T, R> member) {
        boolean interrupted = false;
        while (member.waits()) {
            long since = System.nanoTime();
            LockSupport.parkNanos(this, longNanos);
            // what becomes of the item is decided by now, and must be known
            interrupted |= Thread.interrupted();
            if (member.waits() && System.nanoTime() - since >= longNanos) {
                lanes.computeIfPresent(key, (k, lane) -> {
                    if (lane.waiting.contains(member)) {
                        lane.begin();
                    }
                    return lane;
                });
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private R workFor(List<Member<T, R>> group, K lane, Function<List<T>, R> work) {
        @Nullable R result = null;
        @Nullable Throwable failure = null;
        try {
            result = work.apply(group.stream().map(member -> member.item).toList());
            return result;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            try {
                leave(lane);
            } finally {
                for (Member<T, R> member : group) {
                    member.end(result, failure);
                }
            }
        }
    }

    private void enter(K key, Member<T, R> member) {
        lanes.compute(key, (k, found) -> {
            Lane lane = found == null ? new Lane() : found;
            lane.waiting.add(member);
            lane.beginIfItIsTime();
            return lane;
        });
    }

    private void leave(K key) {
        lanes.computeIfPresent(key, (k, lane) -> {
            lane.groupsAtWork--;
            lane.beginIfItIsTime();
            return lane.groupsAtWork == 0 ? null : lane;
        });
    }
}
