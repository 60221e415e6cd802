package dev.unlost.versioning.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets what comes while others are at work be done all at once. A lane that is free is taken at once, so that nobody waits
 * for company; who finds it taken waits, and once it is free the first of those who wait works for all of them.
 *
 * @param <K> what tells lanes apart
 * @param <T> what is to be done
 * @param <R> what came of it, for all who were done together
 */
final class GroupCommit<K, T, R> {

    private final int width;
    private final int most;
    private final ConcurrentHashMap<K, Lane<T, R>> lanes = new ConcurrentHashMap<>();

    /**
     * @param width how many groups of a lane may be at work at one time
     * @param most how many items a group has at most
     */
    GroupCommit(int width, int most) {
        this.width = width;
        this.most = most;
    }

    /** Changed only within {@link ConcurrentHashMap#compute} of its key. */
    private static final class Lane<T, R> {
        private final Deque<Member<T, R>> waiting = new ArrayDeque<>();
        private int atWork;
    }

    private static final class Member<T, R> {
        private final Thread thread = Thread.currentThread();
        private final T item;

        /** Set once it is this member's turn to work: for these, itself the first of them. */
        private volatile @Nullable List<Member<T, R>> group;

        private volatile @Nullable R result;
        private volatile @Nullable Throwable failure;

        private Member(T item) {
            this.item = item;
        }

        private void await() {
            boolean interrupted = false;
            while (group == null && result == null && failure == null) {
                LockSupport.park(this);
                // what becomes of the item is decided by now, and must be known
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    /**
     * @param work done by the calling thread for its own item or for several, or by another for this item too. Returns what
     *     is true of all of them; what it throws fails all of them
     */
    R commit(K key, T item, Function<List<T>, R> work) {
        Member<T, R> member = new Member<>(item);
        enter(key, member);
        member.await();
        List<Member<T, R>> group = member.group;
        if (group != null) {
            return workFor(group, key, work);
        }
        Throwable failure = member.failure;
        R result = member.result;
        if (failure != null || result == null) {
            throw new IllegalStateException("what was done together with others failed", failure);
        }
        return result;
    }

    private R workFor(List<Member<T, R>> group, K key, Function<List<T>, R> work) {
        Throwable failure = new IllegalStateException("nobody knows what came of it");
        R result = null;
        try {
            result = work.apply(group.stream().map(member -> member.item).toList());
            return result;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            leave(key);
            for (Member<T, R> member : group.subList(1, group.size())) {
                if (result == null) {
                    member.failure = failure;
                } else {
                    member.result = result;
                }
                LockSupport.unpark(member.thread);
            }
        }
    }

    private void enter(K key, Member<T, R> member) {
        lanes.compute(key, (k, found) -> {
            Lane<T, R> lane = found == null ? new Lane<>() : found;
            if (lane.atWork < width) {
                lane.atWork++;
                member.group = List.of(member);
            } else {
                lane.waiting.add(member);
            }
            return lane;
        });
    }

    /** Gives one's place to those who wait, if any do. */
    private void leave(K key) {
        List<Member<T, R>> next = new ArrayList<>();
        lanes.computeIfPresent(key, (k, lane) -> {
            while (next.size() < most && !lane.waiting.isEmpty()) {
                next.add(lane.waiting.removeFirst());
            }
            if (next.isEmpty()) {
                lane.atWork--;
            }
            return lane.atWork == 0 ? null : lane;
        });
        if (!next.isEmpty()) {
            Member<T, R> first = next.getFirst();
            first.group = List.copyOf(next);
            LockSupport.unpark(first.thread);
        }
    }
}
