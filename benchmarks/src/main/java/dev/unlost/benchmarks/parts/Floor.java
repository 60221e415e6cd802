package dev.unlost.benchmarks.parts;

import dev.unlost.benchmarks.load.Latencies;
import dev.unlost.benchmarks.load.Work;
import dev.unlost.benchmarks.machine.Postgres;
import dev.unlost.benchmarks.report.Figure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an update costs PostgreSQL by itself: pgbench inserts an event and changes a row, if it is at the version it should
 * be at, in one statement. The tables and their indexes are copies of the service's.
 */
final class Floor {

    static final String NAME = "pgbench";

    private static final String TABLES = """
            create schema if not exists floor;
            create table floor.event (like unlost.event including all);
            alter table floor.event alter xid set default pg_current_xact_id();
            create table floor.customer (like unlost.customer including all)""";

    private final Postgres postgres;
    private final String database;
    private final Path work;
    private int runs;

    private Floor(Postgres postgres, String database, Path work) {
        this.postgres = postgres;
        this.database = database;
        this.work = work;
    }

    /**
     * @param database one that the service has made its tables in
     * @param work where to leave files
     * @return empty if pgbench is not on the path
     */
    static Optional<Floor> in(Postgres postgres, String database, Path work)
            throws IOException, InterruptedException, SQLException {
        try {
            if (new ProcessBuilder("pgbench", "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    != 0) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        postgres.execute(database, TABLES);
        return Optional.of(new Floor(postgres, database, Files.createDirectories(work.resolve("floor"))));
    }

    Figure measure(int clients, int round, Duration duration) throws IOException, InterruptedException, SQLException {
        String run = "run" + ++runs;
        postgres.execute(database, records(run, clients));
        Path script = Files.writeString(work.resolve(run + ".sql"), script(run));
        List<String> command = List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--host=127.0.0.1",
                "--port=" + postgres.port(),
                "--username=postgres",
                "--client=" + clients,
                "--time=" + duration.toSeconds(),
                "--define=version=1",
                "--file=" + script,
                "--log",
                "--log-prefix=" + work.resolve(run),
                database);
        long cpu = postgres.cpuMillis();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pgbench failed:\n" + output);
        }
        double cpuUsed = postgres.cpuMillis() - cpu;
        Latencies latencies = latencies(run);
        long applied = postgres.queryNumber(
                database, "select sum(version) - count(*) from floor.customer where id like '" + run + "-%'");
        if (applied != latencies.count()) {
            throw new IllegalStateException(latencies.count() + " updates, but " + applied + " applied");
        }
        return new Figure(
                NAME,
                Work.UPDATE.title(),
                clients,
                round,
                Map.of(
                        Figure.PER_SECOND,
                        latencies.count() / (double) duration.toSeconds(),
                        Figure.P50,
                        latencies.percentile(0.5),
                        Figure.P99,
                        latencies.percentile(0.99),
                        Figure.DATABASE_CPU,
                        cpuUsed / latencies.count()));
    }

    /** Records of their own for each run: a client knows the version of a record only while it runs. */
    private static String records(String run, int clients) {
        return """
                insert into floor.customer (factory_id, id, version, deleted, created_at, created_by, updated_at, updated_by,
                  name, name_key, contact_name, contact_title, email, email_key, phone, street, city, region, postal_code,
                  country, tags, notes)
                select 'load', '%s-' || n, 1, false, now(), 'load', now(), 'load', 'Lindner Trading ' || n,
                  'lindner trading ' || n, 'Maria Anders', 'Sales Representative', 'office@example.com', 'office@example.com',
                  '+49 30 0000000', '1 Harbour Street', 'Berlin', 'North', '10115', 'DE', '{export,food}',
                  'Delivery on weekdays only.'
                from generate_series(0, %d) n""".formatted(run, clients - 1);
    }

    private static String script(String run) {
        return """
                \\set phone random(1000000, 9999999)
                with changed as (
                  update floor.customer set version = version + 1, phone = '+49 30 ' || :phone::text,
                    updated_at = clock_timestamp(), updated_by = 'load'
                  where factory_id = 'load' and id = '%s-' || :client_id::text and version = :version::bigint
                  returning id, version, updated_at
                ), appended as (
                  insert into floor.event (factory_id, aggregate_type, aggregate_id, sequence_number, event_id, time_stamp,
                    payload_type, payload_revision, payload, metadata)
                  select 'load', 'customer', id, version - 1, gen_random_uuid(), updated_at, 'customer.updated', '1',
                    '{"changed":{"phone":{"from":"+49 30 0000000","to":"+49 30 1111111"}}}',
                    '{"factory":"load","actor":"load","request":"0197f3a2-5d2c-7c3e-9a0b-3f1d5b7c9e11","at":"2026-11-22T10:15:30.123456Z","precondition":"version"}'
                  from changed
                )
                select version from changed \\gset
                """.formatted(run);
    }

    /** The log has a line for each transaction, the third word of which is microseconds. */
    private Latencies latencies(String run) throws IOException {
        Latencies latencies = new Latencies();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(work, run + ".*[0-9]")) {
            for (Path log : logs) {
                for (String line : Files.readAllLines(log)) {
                    latencies.add(Long.parseLong(line.split(" ", 4)[2]) * 1_000);
                }
            }
        }
        return latencies;
    }
}
