package dev.unlost.benchmarks.machine;

import com.nimbusds.jose.JOSEException;
import dev.unlost.benchmarks.load.Request;
import dev.unlost.benchmarks.load.Streams;
import dev.unlost.benchmarks.load.Target;
import dev.unlost.benchmarks.load.Target.Paging;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL, an issuer of tokens and the services that are started on them; all of it is gone once it is closed. */
public final class Bench implements Closeable {

    /** The factory whose records are read and changed. */
    public static final String FACTORY = "load";

    private static final String READ_AND_WRITE = "records:read records:write";

    /** Of all services; docs/operations.md says why. */
    private static final List<String> JAVA_OPTIONS = options(Runtime.version().feature());

    private final Path root;
    private final List<String> javaOptions;
    private final Path work;
    private final Postgres postgres;
    private final Issuer issuer;
    private final Deque<Closeable> opened = new ArrayDeque<>();

    /**
     * @param root of the source tree
     * @param javaOptions of the service under test, further ones
     */
    public Bench(Path root, List<String> javaOptions) throws IOException, SQLException {
        this.root = root;
        this.javaOptions = javaOptions;
        this.work = Files.createTempDirectory("unlost-benchmarks");
        this.postgres = new Postgres(work, root.resolve("app/src/main/resources/db/prepare.sql"));
        opened.push(postgres);
        try {
            this.issuer = new Issuer();
        } catch (JOSEException e) {
            throw new IOException("no key for tokens", e);
        }
        opened.push(issuer);
    }

    public Postgres postgres() {
        return postgres;
    }

    /** @return where to leave what is gone with the bench */
    public Path work() {
        return work;
    }

    /** @param scope separated by blanks */
    public String token(String factory, String scope) {
        return issuer.token(factory, scope);
    }

    public String token(String factory) {
        return token(factory, READ_AND_WRITE);
    }

    /**
     * Starts the service as in production: on a database of this PostgreSQL, with its own roles, row-level security,
     * tokens, projection and feed; only the limits of rates are off.
     *
     * @param database a new one, or one that it was started on before
     * @param settings further ones
     */
    public Service startUnlost(String name, String database, Map<String, String> settings)
            throws IOException, SQLException {
        if (postgres.lacks(database)) {
            postgres.createPrepared(database);
        }
        Map<String, String> all = new HashMap<>(issuer.settings());
        all.put("spring.datasource.url", postgres.url(database));
        all.put("spring.datasource.username", "unlost_app");
        all.put("spring.flyway.user", "unlost_owner");
        all.put("unlost.rates.enabled", "false");
        all.put("server.port", Integer.toString(freePort()));
        all.put("management.server.port", Integer.toString(freePort()));
        all.putAll(settings);
        return start(name, unlostOptions(), unlostJar(), all, Request.get(Target.PATH + "?limit=1", token(FACTORY)));
    }

    /**
     * Starts the service in its development profile, with a PostgreSQL of its own.
     *
     * @param directory of that PostgreSQL; one that was there before is used again
     * @param probe what it must answer with 200
     */
    public Service startDevelopment(Path directory, Request probe) throws IOException {
        return startDevelopment(directory, probe, unlostJar(), List.of());
    }

    /**
     * Starts the service in its development profile, from another jar.
     *
     * @param options of its JVM, further ones
     */
    public Service startDevelopment(Path directory, Request probe, Path jar, List<String> options) throws IOException {
        List<String> all = unlostOptions();
        all.addAll(options);
        return start(
                "development",
                all,
                jar,
                Map.of(
                        "spring.profiles.active", "dev",
                        "unlost.embedded.directory", directory.toString(),
                        "unlost.embedded.port", Integer.toString(freePort()),
                        "server.port", Integer.toString(freePort()),
                        "management.server.port", Integer.toString(freePort())),
                probe);
    }

    /** @return the service's jar, with what it needs in files beside it, where the JVM's caches of classes can find it */
    public Path unpackUnlost() throws IOException, InterruptedException {
        Path unpacked = work.resolve("unpacked");
        Process extraction = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djarmode=tools",
                        "-jar",
                        unlostJar().toString(),
                        "extract",
                        "--destination",
                        unpacked.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(extraction.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (extraction.waitFor() != 0) {
            throw new IOException("cannot unpack the service:\n" + said);
        }
        return unpacked.resolve("unlost.jar");
    }

    /** Starts the plain alternative, with as many connections to the database as the service has. */
    public Service startPlain(String database) throws IOException, SQLException {
        if (postgres.lacks(database)) {
            postgres.create(database);
        }
        Map<String, String> all = new HashMap<>(issuer.settings());
        all.put("spring.datasource.url", postgres.url(database));
        all.put("spring.datasource.username", "postgres");
        all.put("spring.datasource.hikari.maximum-pool-size", poolSize());
        all.put("server.port", Integer.toString(freePort()));
        return start(
                "plain",
                JAVA_OPTIONS,
                root.resolve("benchmarks/plain/target/plain.jar"),
                all,
                Request.get(Target.PATH + "?size=1", token(FACTORY)));
    }

    /** @return where the load is to go */
    public Target target(Service service, Paging paging) {
        return new Target(service.port(), token(FACTORY), token("load-new"), paging);
    }

    /** @return so many readers of what happens to the records that are changed */
    public Streams follow(Service service, int readers) throws IOException, InterruptedException {
        return follow(service, Collections.nCopies(readers, token(FACTORY)));
    }

    /** @param tokens one for each reader */
    public Streams follow(Service service, List<String> tokens) throws IOException, InterruptedException {
        Streams streams = new Streams(service.port(), tokens);
        opened.push(streams);
        return streams;
    }

    private Service start(String name, List<String> options, Path jar, Map<String, String> settings, Request probe)
            throws IOException {
        if (Files.notExists(jar)) {
            throw new IOException(jar + " is missing: ./mvnw -DskipTests package");
        }
        Service service = new Service(name, work.resolve(name), options, jar, settings, probe);
        opened.push(service);
        System.out.printf("%s answered after %.1f s%n", name, service.startSeconds());
        return service;
    }

    private static List<String> options(int javaVersion) {
        List<String> options = new ArrayList<>(List.of("-Xms160m", "-Xmn80m", "-Xmx224m", "-XX:+UseSerialGC"));
        if (javaVersion >= 22) {
            options.add("-XX:TrimNativeHeapInterval=10000");
        }
        if (javaVersion >= 25) {
            options.add("-XX:+UseCompactObjectHeaders");
        }
        return List.copyOf(options);
    }

    private List<String> unlostOptions() {
        List<String> options = new ArrayList<>(JAVA_OPTIONS);
        options.addAll(javaOptions);
        return options;
    }

    private Path unlostJar() {
        return root.resolve("app/target/unlost.jar");
    }

    private String poolSize() throws IOException {
        String settings = Files.readString(root.resolve("app/src/main/resources/application.yml"));
        Matcher size = Pattern.compile("maximum-pool-size: (\\d+)").matcher(settings);
        if (!size.find()) {
            throw new IOException("the service does not say how many connections it has");
        }
        return size.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        Files.walkFileTree(work, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
