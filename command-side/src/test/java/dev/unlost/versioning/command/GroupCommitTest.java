package dev.unlost.versioning.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whoFindsTheLaneFreeWorksAlone() {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(1, 10);
        assertThat(groups.commit("a", 1, Function.identity())).containsExactly(1);
        assertThat(groups.commit("a", 2, Function.identity())).containsExactly(2);
    }

    @Test
    void whoComesWhileOthersAreAtWorkIsDoneTogether() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(1, 3);
        CountDownLatch release = new CountDownLatch(1);
        Future<List<Integer>> first = threads.submit(() -> groups.commit("a", 0, held(release)));
        await().until(() -> working.size() == 1);
        List<Future<List<Integer>>> later = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            later.add(waiting(groups, i));
        }
        assertThat(groups.commit("b", 9, Function.identity()))
                .as("another lane is not held up")
                .containsExactly(9);
        release.countDown();
        assertThat(first.get()).containsExactly(0);
        for (int i = 0; i < 3; i++) {
            assertThat(later.get(i).get()).as("at most three").containsExactly(1, 2, 3);
        }
        assertThat(later.get(3).get()).containsExactly(4);
    }

    @Test
    void asManyGroupsAsTheLaneIsWideWorkAtOneTime() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(2, 10);
        CountDownLatch release = new CountDownLatch(1);
        Future<List<Integer>> first = threads.submit(() -> groups.commit("a", 1, held(release)));
        Future<List<Integer>> second = threads.submit(() -> groups.commit("a", 2, held(release)));
        await().until(() -> working.size() == 2);
        Future<List<Integer>> third = waiting(groups, 3);
        release.countDown();
        assertThat(first.get()).containsExactly(1);
        assertThat(second.get()).containsExactly(2);
        assertThat(third.get()).containsExactly(3);
    }

    @Test
    void aFailureIsEverybodysInTheGroupAndNobodysAfterIt() throws Exception {
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(1, 10);
        CountDownLatch release = new CountDownLatch(1);
        Future<List<Integer>> first = threads.submit(() -> groups.commit("a", 0, held(release)));
        await().until(() -> working.size() == 1);
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
        GroupCommit<String, Integer, List<Integer>> groups = new GroupCommit<>(1, 10);
        CountDownLatch release = new CountDownLatch(1);
        Future<List<Integer>> first = threads.submit(() -> groups.commit("a", 0, held(release)));
        await().until(() -> working.size() == 1);
        List<Integer> seen = new ArrayList<>();
        Thread interrupted = new Thread(() -> {
            seen.addAll(groups.commit("a", 1, Function.identity()));
            seen.add(Thread.currentThread().isInterrupted() ? 1 : 0);
        });
        interrupted.start();
        await().until(() -> interrupted.getState() == Thread.State.WAITING);
        interrupted.interrupt();
        release.countDown();
        interrupted.join();
        assertThat(seen).containsExactly(1, 1);
        assertThat(first.get()).containsExactly(0);
    }

    @Test
    void everyItemIsDoneOnce() throws Exception {
        GroupCommit<Integer, Integer, Boolean> groups = new GroupCommit<>(2, 5);
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

    private Function<List<Integer>, List<Integer>> held(CountDownLatch release) {
        return group -> {
            working.add(Thread.currentThread());
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return group;
        };
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
        await().until(() -> !thread.isEmpty() && thread.getFirst().getState() == Thread.State.WAITING);
        return future;
    }
}
