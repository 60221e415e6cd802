package dev.unlost.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The records of a target and the versions that they are at. Clients that work at the same time share them out among
 * themselves, so that what one knows of a record holds.
 */
public final class Population {

    private static final int CREATORS = 8;

    private final Target target;
    private final String[] paths;
    private final long[] versions;

    private Population(Target target, int size) {
        this.target = target;
        this.paths = new String[size + 1];
        this.versions = new long[size + 1];
    }

    /** Creates so many records, and changes each once. */
    public static Population create(Target target, int size) {
        Population population = new Population(target, size);
        // and the one that all clients share
        int last = size;
        AtomicInteger next = new AtomicInteger();
        List<Client> creators = new ArrayList<>();
        for (int i = 0; i < CREATORS; i++) {
            creators.add(connection -> {
                for (int index = next.getAndIncrement(); index <= last; index = next.getAndIncrement()) {
                    population.createOne(connection, index);
                }
            });
        }
        ClosedLoop.runOnce(target.port(), creators);
        return population;
    }

    /**
     * Takes records that are there.
     *
     * @param paths of all of them, the last one to be common to all clients
     * @param version that all of them are at
     */
    public static Population of(Target target, List<String> paths, long version) {
        Population population = new Population(target, paths.size() - 1);
        for (int i = 0; i < paths.size(); i++) {
            population.paths[i] = paths.get(i);
            population.versions[i] = version;
        }
        return population;
    }

    private void createOne(HttpConnection connection, int index) throws IOException {
        paths[index] = connection
                .send(Request.post(Target.PATH, target.token(), Customers.json(index)))
                .expect(201)
                .header("Location")
                .orElseThrow();
        versions[index] = connection
                .send(Request.get(paths[index], target.token()))
                .expect(200)
                .version();
        update(connection, index, index + 1);
    }

    public Target target() {
        return target;
    }

    /** @return how many records there are for clients to share out */
    public int size() {
        return paths.length - 1;
    }

    /** @return the path of one more, which nobody has for themselves */
    String common() {
        return paths[paths.length - 1];
    }

    /** @return bytes of JSON of a whole record, of some of them on average */
    public double averageBytes() throws IOException {
        int asked = Math.min(size(), 100);
        long bytes = 0;
        try (HttpConnection connection = new HttpConnection(target.port())) {
            for (int i = 0; i < asked; i++) {
                bytes += connection
                        .send(Request.get(paths[i], target.token()))
                        .expect(200)
                        .length();
            }
        }
        return bytes / (double) asked;
    }

    String path(int index) {
        return paths[index];
    }

    long version(int index) {
        return versions[index];
    }

    /** @param number another one than the record was changed with before */
    void update(HttpConnection connection, int index, long number) throws IOException {
        versions[index] = connection
                .send(Request.patch(paths[index], target.token(), versions[index], Customers.phoneChange(number)))
                .expect(200)
                .version();
    }
}
