package dev.unlost.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.app.startup.StartupRefused;
import dev.unlost.app.support.JavaProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    private static final String STARTED_AT = "select pg_postmaster_start_time()::text";

    /** One cluster for all tests, as it takes seconds to make. */
    @TempDir
    private static Path directory;

    private static EmbeddedProperties properties;

    @BeforeAll
    static void choosePort() throws IOException {
        properties = at(directory.resolve("postgres"), freePort());
    }

    @BeforeEach
    void startFresh() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties)) {
            admin(postgres, "drop table if exists kept, started");
        }
        assertThat(Postmaster.of(properties.directory().resolve("data"))).isEmpty();
    }

    @Test
    void dataIsKeptAcrossRestarts() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(properties)) {
            admin(first, "create table kept as select 42 as answer");
        }
        assertThat(Postmaster.of(properties.directory().resolve("data"))).isEmpty();
        try (EmbeddedPostgres second = EmbeddedPostgres.start(properties)) {
            assertThat(admin(second, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void commitsReachTheDisk() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties)) {
            assertThat(admin(postgres, "show fsync")).isEqualTo("on");
            assertThat(admin(postgres, "show full_page_writes")).isEqualTo("on");
            assertThat(admin(postgres, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void serviceHasOnlyTheRightsOfItsRole() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties);
                Connection app = asApp(postgres)) {
            assertThat(
                            query(
                                    app,
                                    "select current_user || rolsuper || rolbypassrls from pg_roles where rolname = 'unlost_app'"))
                    .isEqualTo("unlost_appfalsefalse");
            assertThat(query(app, "show statement_timeout")).isEqualTo("10s");
            assertThat(query(app, "show idle_in_transaction_session_timeout")).isEqualTo("10s");
            assertThatThrownBy(() -> query(app, "create table unlost.mine ()"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> query(app, "create table public.mine ()"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void everyRoleNeedsItsPassword() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties)) {
            for (String role : List.of("postgres", "unlost_owner", "unlost_app", "unlost_maintenance")) {
                assertThatThrownBy(() -> DriverManager.getConnection(postgres.url("unlost"), role, "guessed"))
                        .hasMessageContaining("password authentication failed");
            }
        }
    }

    @Test
    void passwordsAreForTheOwnerOnly() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties)) {
            assertThat(postgres.port()).isEqualTo(properties.port());
            assertThat(Files.getPosixFilePermissions(properties.directory().resolve("passwords")))
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
            assertThat(Files.getPosixFilePermissions(properties.directory()))
                    .extracting(Enum::name)
                    .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE", "OWNER_EXECUTE");
        }
    }

    @Test
    void serverOfAKilledNodeIsJoinedWithEverythingItCommitted() throws Exception {
        String startedAt;
        try (JavaProcess node = node(properties)) {
            startedAt = node.awaitLine("started ");
            node.kill();
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties)) {
            assertThat(admin(postgres, STARTED_AT)).isEqualTo(startedAt);
            assertThat(admin(postgres, "select count(*) from started")).isEqualTo("1");
        }
        assertThat(Postmaster.of(properties.directory().resolve("data"))).isEmpty();
    }

    @Test
    void serverThatWasKilledItselfRecovers() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(properties);
        admin(first, "create table kept as select 42 as answer");
        ProcessHandle server = Postmaster.of(properties.directory().resolve("data"))
                .orElseThrow()
                .process();
        server.destroyForcibly();
        server.onExit().join();
        first.close();
        try (EmbeddedPostgres second = EmbeddedPostgres.start(properties)) {
            assertThat(admin(second, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void runningServerIsJoinedWhateverPortIsAskedFor() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(properties);
                EmbeddedPostgres second = EmbeddedPostgres.start(at(properties.directory(), freePort()))) {
            assertThat(second.port()).isEqualTo(first.port());
        }
    }

    @Test
    void serverThatDoesNotWriteThroughIsRestarted() throws Exception {
        EmbeddedPostgres.start(properties).close();
        Installation.in(properties.binaries())
                .run(
                        "pg_ctl",
                        List.of(
                                "start",
                                "--pgdata="
                                        + properties.directory().toRealPath().resolve("data"),
                                "--log=" + directory.resolve("unsafe.log"),
                                "--options=-p " + properties.port() + " -c fsync=off -c listen_addresses=127.0.0.1"
                                        + " -c unix_socket_directories=''",
                                "--wait"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties)) {
            assertThat(admin(postgres, "show fsync")).isEqualTo("on");
        }
    }

    @Test
    void anotherPostgresOnThePortIsRefusedByName() {
        EmbeddedProperties other = at(directory.resolve("other"), properties.port());
        try (EmbeddedPostgres foreign = EmbeddedPostgres.start(properties)) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(other))
                    .isInstanceOf(StartupRefused.class)
                    .hasMessageContaining("Port " + foreign.port())
                    .hasMessageContaining("another PostgreSQL");
        }
    }

    @Test
    void anotherProgramOnThePortIsRefused() throws Exception {
        try (ServerSocket foreign = new ServerSocket(properties.port(), 1, InetAddress.getLoopbackAddress())) {
            foreign.setSoTimeout(1);
            assertThatThrownBy(() -> EmbeddedPostgres.start(properties))
                    .isInstanceOf(StartupRefused.class)
                    .hasMessageContaining("Port " + foreign.getLocalPort())
                    .hasMessageContaining("another program");
        }
    }

    @Test
    void pidOfACrashedServerMayBelongToAnyOtherProcessByNow() throws Exception {
        EmbeddedPostgres.start(properties).close();
        Files.writeString(
                properties.directory().resolve("data/postmaster.pid"),
                "%d%n%s%n0%n%d%n".formatted(ProcessHandle.current().pid(), "anywhere", properties.port()));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(properties)) {
            assertThat(admin(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void serverOutlivesItsNodeWhileAnotherIsConnected() throws Exception {
        EmbeddedPostgres first = EmbeddedPostgres.start(properties);
        try (JavaProcess second = node(properties)) {
            String startedAt = second.awaitLine("started ");
            assertThat(startedAt).isEqualTo(admin(first, STARTED_AT));
            first.close();
            assertThat(Postmaster.of(properties.directory().resolve("data"))).isPresent();
            second.endInput();
            assertThat(second.exitCode()).isZero();
        }
        assertThat(Postmaster.of(properties.directory().resolve("data"))).isEmpty();
    }

    @Test
    void anyOtherClientKeepsTheServerRunning() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(properties);
        String url = "jdbc:postgresql://127.0.0.1:%d/unlost".formatted(postgres.port());
        try (Connection psql = DriverManager.getConnection(
                url, "unlost_app", postgres.database().passwords().app())) {
            postgres.close();
            assertThat(query(psql, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void nodesThatStartAtOnceShareOneServer() throws Exception {
        EmbeddedProperties fresh = at(directory.resolve("fresh"), freePort());
        CyclicBarrier together = new CyclicBarrier(3);
        try (ExecutorService executor = Executors.newFixedThreadPool(3);
                JavaProcess process = node(fresh)) {
            List<Future<EmbeddedPostgres>> starting = Stream.generate(() -> executor.submit(() -> {
                        together.await();
                        return EmbeddedPostgres.start(fresh);
                    }))
                    .limit(3)
                    .toList();
            String startedAt = process.awaitLine("started ");
            for (Future<EmbeddedPostgres> node : starting) {
                assertThat(admin(node.get(), STARTED_AT)).isEqualTo(startedAt);
            }
            process.kill();
            for (Future<EmbeddedPostgres> node : starting) {
                node.get().close();
            }
        }
    }

    private static EmbeddedProperties at(Path directory, int port) {
        return new EmbeddedProperties(true, directory, port, null);
    }

    private static JavaProcess node(EmbeddedProperties properties) throws IOException {
        return JavaProcess.start(Node.class, properties.directory().toString(), Integer.toString(properties.port()));
    }

    private static String admin(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connectAsAdmin("unlost")) {
            return query(connection, sql);
        }
    }

    private static Connection asApp(EmbeddedPostgres postgres) throws SQLException {
        PreparedDatabase database = postgres.database();
        return DriverManager.getConnection(
                database.url(), "unlost_app", database.passwords().app());
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A node that has a database and nothing else: says when the server was started, and ends with its input. */
    static final class Node {

        private Node() {}

        public static void main(String[] args) throws Exception {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(at(Path.of(args[0]), Integer.parseInt(args[1])));
            admin(postgres, "create table if not exists started (at timestamptz)");
            admin(postgres, "insert into started values (now())");
            JavaProcess.say("started " + admin(postgres, STARTED_AT));
            System.in.transferTo(OutputStream.nullOutputStream());
            postgres.close();
        }
    }
}
