package dev.unlost.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What clients ask for. */
public enum Work {
    CREATE("create") {
        @Override
        Client client(Population population, Slice slice) {
            Target target = population.target();
            return connection -> connection
                    .send(Request.post(Target.PATH, target.tokenForNew(), Customers.json((int)
                            (NUMBER.incrementAndGet() % 1_000_000))))
                    .expect(201);
        }
    },
    /** Of records that nobody else changes at the time. */
    UPDATE("conditional update") {
        @Override
        Client client(Population population, Slice slice) {
            return connection -> population.update(connection, slice.next(), NUMBER.incrementAndGet());
        }
    },
    /** By somebody who has not seen the newest version. */
    STALE("stale update") {
        @Override
        Client client(Population population, Slice slice) {
            Target target = population.target();
            return connection -> {
                int index = slice.next();
                connection
                        .send(Request.patch(
                                population.path(index),
                                target.token(),
                                population.version(index) - 1,
                                Customers.phoneChange(NUMBER.incrementAndGet())))
                        .expect(409);
            };
        }
    },
    /** All clients change one record: who comes late reads it again and tries again. */
    HOT("update of one record by all") {
        @Override
        Client client(Population population, Slice slice) {
            Target target = population.target();
            return connection -> {
                while (true) {
                    long version = connection
                            .send(Request.get(population.common(), target.token()))
                            .expect(200)
                            .version();
                    Answer answer = connection.send(Request.patch(
                            population.common(),
                            target.token(),
                            version,
                            Customers.phoneChange(NUMBER.incrementAndGet())));
                    if (answer.status() != 409) {
                        answer.expect(200);
                        return;
                    }
                }
            };
        }
    },
    READ("read by id") {
        @Override
        Client client(Population population, Slice slice) {
            Target target = population.target();
            return connection -> connection
                    .send(Request.get(population.path(slice.next()), target.token()))
                    .expect(200);
        }
    },
    UNCHANGED("read by id, unchanged (304)") {
        @Override
        Client client(Population population, Slice slice) {
            Target target = population.target();
            return connection -> {
                int index = slice.next();
                connection
                        .send(Request.getUnless(population.path(index), target.token(), population.version(index)))
                        .expect(304);
            };
        }
    },
    LIST("list page of 50") {
        @Override
        Client client(Population population, Slice slice) {
            return new PageTurner(population.target());
        }
    },
    HISTORY("history, newest 10") {
        @Override
        Client client(Population population, Slice slice) {
            Target target = population.target();
            return connection -> connection
                    .send(Request.get(population.path(slice.next()) + "/history?limit=10", target.token()))
                    .expect(200);
        }
    },
    MIXED("80 % reads by id, 20 % updates") {
        @Override
        Client client(Population population, Slice slice) {
            Client reader = READ.client(population, slice);
            Client writer = UPDATE.client(population, slice);
            SplittableRandom random = new SplittableRandom(slice.first());
            return connection -> (random.nextInt(5) == 0 ? writer : reader).operate(connection);
        }
    };

    /** Makes every change differ from the one before. */
    private static final AtomicLong NUMBER = new AtomicLong(1_000_000);

    private final String title;

    Work(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** @return so many clients that work at the same time; at most as many as there are records */
    public List<Client> clients(Population population, int clients) {
        List<Client> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(client(population, new Slice(population.size(), i, clients)));
        }
        return all;
    }

    abstract Client client(Population population, Slice slice);

    /** Every so manieth record, which are one client's, in turn. */
    static final class Slice {

        private final int size;
        private final int first;
        private final int step;
        private int next;

        Slice(int size, int first, int step) {
            if (first >= size) {
                throw new IllegalArgumentException("more clients than records");
            }
            this.size = size;
            this.first = first;
            this.step = step;
            this.next = first;
        }

        int first() {
            return first;
        }

        int next() {
            int index = next;
            next = index + step < size ? index + step : first;
            return index;
        }
    }

    /** Turns the pages of a list, from the first to the last and again. */
    private static final class PageTurner implements Client {

        private final Target target;
        private Optional<String> next = Optional.empty();
        private int page;

        PageTurner(Target target) {
            this.target = target;
        }

        @Override
        public void operate(HttpConnection connection) throws IOException {
            page = next.isEmpty() ? 0 : page + 1;
            Answer answer = connection
                    .send(Request.get(next.orElse(target.paging().first()), target.token()))
                    .expect(200);
            next = target.paging().next(answer, page);
        }
    }
}
