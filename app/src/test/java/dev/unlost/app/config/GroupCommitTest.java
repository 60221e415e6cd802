package dev.unlost.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whoFindsNobodyAtWorkWorksAlone() {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(10, LONG);
        assertThat(groups.commit("a", 1, Function.identity())).containsExactly(1);
        assertThat(groups.commit("a", 2, Function.identity())).containsExactly(2);
    }

    @Test
    void whoComesWhileOthersAreAtWorkIsDoneTogether() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(10, LONG);
        Future<List<Integer>> first = atWork(groups);
        List<Future<List<Integer>>> later = List.of(waiting(groups, 1), waiting(groups, 2), waiting(groups, 3));
        assertThat(groups.commit("b", 9, Function.identity()))
                .as("another lane is not held up")
                .containsExactly(9);
        release.countDown();
        assertThat(first.get()).containsExactly(0);
        for (Future<List<Integer>> each : later) {
            assertThat(each.get()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aFullGroupWaitsForNobody() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(3, LONG);
        Future<List<Integer>> first = atWork(groups);
        List<Future<List<Integer>>> full = new ArrayList<>(List.of(waiting(groups, 1), waiting(groups, 2)));
        full.add(threads.submit(() -> groups.commit("a", 3, Function.identity())));
        for (Future<List<Integer>> each : full) {
            assertThat(each.get()).containsExactly(1, 2, 3);
        }
        assertThat(first.isDone()).isFalse();
        Future<List<Integer>> another = waiting(groups, 4);
        release.countDown();
        assertThat(first.get()).containsExactly(0);
        assertThat(another.get()).containsExactly(4);
    }

    @Test
    void whoHasWaitedForLongBegins() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(10, Duration.ofMillis(50));
        Future<List<Integer>> stalled = atWork(groups);
        assertThat(groups.commit("a", 1, Function.identity())).containsExactly(1);
        assertThat(stalled.isDone()).isFalse();
        release.countDown();
        assertThat(stalled.get()).containsExactly(0);
        assertThat(groups.commit("a", 2, Function.identity())).containsExactly(2);
    }

    @Test
    void aFailureIsEverybodysInTheGroupAndNobodysAfterIt() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(10, LONG);
        Future<List<Integer>> first = atWork(groups);
        List<Future<List<Integer>>> failing = List.of(failing(groups, 1), failing(groups, 2));
        release.countDown();
        first.get();
        for (Future<List<Integer>> each : failing) {
            assertThatThrownBy(each::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("no");
        }
        assertThat(groups.commit("a", 3, Function.identity())).containsExactly(3);
    }

    @Test
    void whoIsInterruptedStillLearnsWhatCameOfIt() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(10, LONG);
        Future<List<Integer>> first = atWork(groups);
        List<Integer> seen = new ArrayList<>();
        Thread interrupted = new Thread(() -> {
            seen.addAll(groups.commit("a", 1, Function.identity()));
            seen.add(Thread.currentThread().isInterrupted() ? 1 : 0);
        });
        interrupted.start();
        await().until(() -> interrupted.getState() == Thread.State.TIMED_WAITING);
        interrupted.interrupt();
        release.countDown();
        interrupted.join();
        assertThat(seen).containsExactly(1, 1);
        assertThat(first.get()).containsExactly(0);
    }

    @Test
    void everyItemIsDoneOnce() throws Exception {
        GroupCommit<Integer, Integer, Boolean> groups = new GroupCommit<>(5, LONG);
        List<AtomicInteger> done =
                IntStream.range(0, 20_000).mapToObj(i -> new AtomicInteger()).toList();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger groupsDone = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 16; thread++) {
            all.add(threads.submit(() -> {
                for (int item = next.getAndIncrement(); item < done.size(); item = next.getAndIncrement()) {
                    assertThat(groups.commit(item % 3, item, group -> {
                                groupsDone.incrementAndGet();
                                group.forEach(each -> done.get(each).incrementAndGet());
                                return true;
                            }))
                            .isTrue();
                }
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        assertThat(done).allMatch(times -> times.get() == 1);
        assertThat(groupsDone.get()).isBetween(done.size() / 5, done.size());
    }

    /** Returns once item 0 is being worked for in lane a, which lasts until {@link #release}. */
    private Future<List<Integer>> atWork(GroupCommit<String, Integer, List<Integer>> groups) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Future<List<Integer>> first = threads.submit(() -> groups.commit("a", 0, group -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return group;
        }));
        begun.await();
        return first;
    }

    private Future<List<Integer>> failing(GroupCommit<String, Integer, List<Integer>> groups, int item) {
        return submitted(() -> groups.commit("a", item, group -> {
            throw new IllegalStateException("no");
        }));
    }

    private Future<List<Integer>> waiting(GroupCommit<String, Integer, List<Integer>> groups, int item) {
        return submitted(() -> groups.commit("a", item, Function.identity()));
    }

    /** Returns once the task's thread waits. */
    private Future<List<Integer>> submitted(Callable<List<Integer>> task) {
        List<Thread> thread = new CopyOnWriteArrayList<>();
        Future<List<Integer>> future = threads.submit(() -> {
            thread.add(Thread.currentThread());
            return task.call();
        });
        await().until(() -> !thread.isEmpty() && thread.getFirst().getState() == Thread.State.TIMED_WAITING);
        return future;
    }
}
