package dev.unlost.app.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class NodeIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void nodesInAndOutsideTheProcessShareADatabaseUntilOneIsKilled() throws Exception {
        TestDatabase database = TestDatabase.create("nodes");
        try (TestNode killed = TestNode.ownProcess(database, "unlost.sample.enabled=true", "unlost.clock.offset=61s");
                TestNode kept = TestNode.inProcess(database, "unlost.sample.enabled=true")) {
            assertThat(health(killed)).contains("UP");
            assertThat(health(kept)).contains("UP");
            killed.kill();
            assertThatThrownBy(() -> health(killed)).isInstanceOf(ConnectException.class);
            assertThat(health(kept)).contains("UP");
            try (Connection connection = database.connectAsMaintenance();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            select count(*), count(distinct (aggregate_type, aggregate_id)),
                              count(*) filter (where aggregate_type = 'customer')
                            from unlost.event""")) {
                rows.next();
                assertThat(rows.getInt(1))
                        .as("events of both loading the samples")
                        .isEqualTo(rows.getInt(2));
                assertThat(rows.getInt(3)).as("customers").isEqualTo(42);
            }
        }
    }

    private static String health(TestNode node) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(node.managementUri("/actuator/health")).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
