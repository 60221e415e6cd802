package dev.unlost.app.support;

import dev.unlost.app.UnlostApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A running service in the development profile, on ports of its own: within the test's process, or in one of its own
 * that can be killed. Any number of them can share a {@link TestDatabase}; a token from one holds on all.
 */
public final class TestNode implements AutoCloseable {

    private static final String READY = "node is ready ";
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final AutoCloseable running;
    private final int port;
    private final int managementPort;

    private TestNode(AutoCloseable running, int port, int managementPort) {
        this.running = running;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * Starts a node in this process.
     *
     * @param settings further ones, as {@code name=value}; they win over those of the profile
     */
    public static TestNode inProcess(TestDatabase database, String... settings) {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(UnlostApplication.class).run(arguments(database, settings));
        Environment environment = context.getEnvironment();
        return new TestNode(
                context, port(environment, "local.server.port"), port(environment, "local.management.port"));
    }

    /**
     * Starts a node in a process of its own.
     *
     * @param settings further ones, as {@code name=value}; they win over those of the profile
     */
    public static TestNode ownProcess(TestDatabase database, String... settings) {
        try {
            JavaProcess process = JavaProcess.start(Main.class, arguments(database, settings));
            String[] ports = process.awaitLine(READY).split(" ", 2);
            return new TestNode(process, Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the address of the service for a path such as {@code /api/customers} */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** @return the address of the management port for a path such as {@code /actuator/health} */
    public URI managementUri(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    /** @return an access token for that person, with the scopes that the development profile gives by default */
    public String token(String sub, String factoryId) {
        return token(sub, factoryId, null);
    }

    /** @param scope separated by blanks; null for the default */
    public String token(String sub, String factoryId, @Nullable String scope) {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("sub", sub);
        claims.put("email", sub + "@example.com");
        claims.put("nickname", sub);
        claims.put("factoryId", factoryId);
        if (scope != null) {
            claims.put("scope", scope);
        }
        HttpRequest request = HttpRequest.newBuilder(uri("/dev/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(claims)))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode token = JSON.readTree(response.body()).path("access_token");
            if (!token.isString()) {
                throw new IllegalStateException("no token: " + response.statusCode() + " " + response.body());
            }
            return token.stringValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return the key that signs the tokens of all nodes; only from a node in this process */
    public KeyPair signingKey() {
        if (running instanceof ConfigurableApplicationContext context) {
            return context.getBean("developmentSigningKey", KeyPair.class);
        }
        throw new IllegalStateException("the node has a process of its own");
    }

    /** Ends the node's process as {@code kill -9} does. */
    public void kill() {
        process().kill();
    }

    /** Stops the node's process as {@code kill -STOP} does. */
    public void pause() throws IOException, InterruptedException {
        process().pause();
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        process().resume();
    }

    /** @return what the node's process has printed */
    public String output() {
        return process().output();
    }

    /** Shuts the node down as {@code kill} does, and waits for it. */
    @Override
    public void close() {
        try {
            if (running instanceof JavaProcess process) {
                process.terminate();
                process.exitCode();
            }
            running.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the node did not close", e);
        }
    }

    private JavaProcess process() {
        if (running instanceof JavaProcess process) {
            return process;
        }
        throw new IllegalStateException("the node has no process of its own");
    }

    private static String[] arguments(TestDatabase database, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=dev",
                "--unlost.embedded.enabled=false",
                "--unlost.embedded.directory=" + Keys.DIRECTORY,
                "--unlost.sample.enabled=false",
                "--server.port=0",
                "--management.server.port=0"));
        database.prepared().properties().forEach((name, value) -> arguments.add("--" + name + "=" + value));
        // A setting that is given twice would have both values.
        for (String setting : settings) {
            String name = "--" + setting.substring(0, setting.indexOf('=') + 1);
            arguments.removeIf(argument -> argument.startsWith(name));
            arguments.add("--" + setting);
        }
        return arguments.toArray(String[]::new);
    }

    private static int port(Environment environment, String property) {
        return environment.getRequiredProperty(property, Integer.class);
    }

    /** Where the key that signs the tokens of all nodes of this process's tests is. */
    private static final class Keys {

        static final Path DIRECTORY = create();

        private static Path create() {
            try {
                Path directory = Files.createTempDirectory("unlost-keys");
                directory.toFile().deleteOnExit();
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The service in a process of its own: says its ports, and ends when the test's process does. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws IOException {
            ConfigurableApplicationContext context = SpringApplication.run(UnlostApplication.class, arguments);
            Environment environment = context.getEnvironment();
            JavaProcess.say(
                    READY + port(environment, "local.server.port") + " " + port(environment, "local.management.port"));
            System.in.transferTo(OutputStream.nullOutputStream());
            Runtime.getRuntime().halt(1);
        }
    }
}
