package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.HttpConnection;
import dev.unlost.benchmarks.load.Request;
import dev.unlost.benchmarks.load.Target;
import dev.unlost.benchmarks.machine.Bench;
import dev.unlost.benchmarks.machine.Service;
import dev.unlost.benchmarks.report.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From the start of the process to its first answer to a read with a token: the service in its development profile, which
 * starts a PostgreSQL of its own, as it is and with a cache of classes that was written by a start before, and the plain
 * one on a PostgreSQL that runs.
 */
public final class StartUp implements Part {

    public static final String WORK = "start";
    public static final String FIRST = "first start, with a new database";
    public static final String CACHED = "unlost, with a cache of classes";

    /** Of a JVM that can keep linked classes and profiles too. */
    private static final int AOT_CACHES = 25;

    @Override
    public List<Figure> measure(Bench bench, Scale scale) throws IOException, SQLException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        Path directory = bench.work().resolve("postgres-of-development");
        Request read;
        try (Service first = bench.startDevelopment(directory, Request.get("/problems/version-conflict"))) {
            figures.add(figure(Comparison.UNLOST, FIRST, 1, first));
            read = Request.get(Target.PATH + "?limit=1", developmentToken(first));
        }
        Path unpacked = bench.unpackUnlost();
        Path cache = bench.work().resolve("unlost.cache");
        boolean aot = Runtime.version().feature() >= AOT_CACHES;
        bench.startDevelopment(
                        directory,
                        read,
                        unpacked,
                        List.of((aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache))
                .close();
        List<String> cached = List.of((aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache);
        bench.startPlain(Comparison.PLAIN).close();
        for (int round = 1; round <= scale.rounds(); round++) {
            try (Service unlost = bench.startDevelopment(directory, read)) {
                figures.add(figure(Comparison.UNLOST, WORK, round, unlost));
            }
            try (Service unlost = bench.startDevelopment(directory, read, unpacked, cached)) {
                figures.add(figure(CACHED, WORK, round, unlost));
            }
            try (Service plain = bench.startPlain(Comparison.PLAIN)) {
                figures.add(figure(Comparison.PLAIN, WORK, round, plain));
            }
        }
        return figures;
    }

    private static Figure figure(String subject, String work, int round, Service service) {
        return new Figure(subject, work, 0, round, Map.of(Figure.SECONDS, service.startSeconds()));
    }

    private static String developmentToken(Service service) throws IOException {
        try (HttpConnection connection = new HttpConnection(service.port())) {
            return connection
                    .send(Request.post("/dev/token", "{\"sub\":\"load\",\"factoryId\":\"northwind\"}"))
                    .expect(200)
                    .member("access_token")
                    .orElseThrow();
        }
    }
}
