package dev.unlost.app.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void everybodySeesWhetherTheNodeIsWellAndNothingElse(String path) throws Exception {
        HttpResponse<String> answer = management(SharedNodes.first(), path, null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void theWholeTellsNoMoreThanItsGroups() throws Exception {
        String token = SharedNodes.first().token("operator", "none", "projections:manage");
        assertThat(management(SharedNodes.first(), "/actuator/health", null).body())
                .doesNotContain("components", "details", "PostgreSQL");
        assertThat(management(SharedNodes.first(), "/actuator/health", token).body())
                .doesNotContain("components", "details", "PostgreSQL");
    }

    @Test
    void aNodeWithoutItsDatabaseLivesButIsNotReady() throws Exception {
        TestDatabase database = TestDatabase.create("unready");
        try (TestNode node = TestNode.inProcess(database, "spring.datasource.hikari.connection-timeout=1000")) {
            assertThat(management(node, "/actuator/health/readiness", null).statusCode())
                    .isEqualTo(200);
            try (Connection admin = SharedNodes.database().connectAsAdmin();
                    Statement statement = admin.createStatement()) {
                String name = name(database);
                statement.execute("alter database " + name + " allow_connections false");
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                        + name.replace("\"", "") + "'");
                assertThat(management(node, "/actuator/health/readiness", null).statusCode())
                        .isEqualTo(503);
                assertThat(management(node, "/actuator/health/liveness", null).statusCode())
                        .isEqualTo(200);
                statement.execute("alter database " + name + " allow_connections true");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/metrics", "/actuator/projections"})
    void theServicesOwnPortKnowsNothingOfIt(String path) {
        Reply reply = Caller.withToken(
                        SharedNodes.first(), SharedNodes.first().token("operator", "none", "projections:manage"))
                .get(path);
        assertThat(reply.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/metrics", "/actuator/info", "/actuator/projections"})
    void theRestIsForOperators(String path) throws Exception {
        TestNode node = SharedNodes.first();
        assertThat(management(node, path, null).statusCode()).isEqualTo(401);
        assertThat(management(node, path, node.token("ann", "none")).statusCode())
                .isEqualTo(403);
        assertThat(management(node, path, node.token("operator", "none", "projections:manage"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "configprops", "heapdump", "threaddump", "loggers", "beans", "mappings", "shutdown"})
    void whatTellsOfTheInsideIsNotThere(String endpoint) throws Exception {
        TestNode node = SharedNodes.first();
        String token = node.token("operator", "none", "projections:manage");
        assertThat(management(node, "/actuator/" + endpoint, token).statusCode())
                .isEqualTo(404);
    }

    private static String name(TestDatabase database) {
        String url = database.prepared().url();
        return '"' + url.substring(url.lastIndexOf('/') + 1) + '"';
    }

    private static HttpResponse<String> management(TestNode node, String path, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.managementUri(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
