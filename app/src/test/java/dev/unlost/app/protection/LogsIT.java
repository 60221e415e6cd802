package dev.unlost.app.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.TestDatabase;
import dev.unlost.app.support.TestNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a node writes into its log, and the service into its events, of the people it serves. */
class LogsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String ACTOR_EMAIL = "zyx-actor-mail@example.com";
    private static final String ACTOR_NICKNAME = "Zyxnickname";
    private static final String NAME = "Zyxcustomer";
    private static final String CONTACT = "Zyxcontact";
    private static final String EMAIL = "zyx-customer-mail@example.com";
    private static final String PHONE = "+49 30 987654321";
    private static final String NOTES = "Zyxnotes";

    @Test
    void noPersonalDataIsLoggedAndAnErrorIsFoundByItsRequest() throws Exception {
        TestDatabase database = TestDatabase.create("logs");
        try (TestNode node = TestNode.ownProcess(
                database, "logging.structured.format.console=ecs", "logging.level.dev.unlost=debug")) {
            String token = token(node);
            Caller ann = Caller.withToken(node, token);

            String path = ann.created(customer(NAME));
            statuses(
                    List.of(
                            ann.patch(path, "{\"notes\":\"" + NOTES + "\"}", "If-Match", "\"1\""),
                            ann.get(path + "?version=1"),
                            ann.get("/api/customers?email=" + EMAIL)),
                    200,
                    400);
            statuses(
                    List.of(
                            ann.patch(path, "{\"phone\":\"" + PHONE + "1\"}", "If-Match", "\"1\""),
                            ann.patch(path, "{\"name\":\"\",\"email\":\"" + EMAIL + " no\"}", "If-Match", "\"2\""),
                            ann.patch(path, "{\"" + EMAIL + "\":1}", "If-Match", "\"2\""),
                            ann.patch(path, "{\"name\":" + NAME, "If-Match", "\"2\""),
                            ann.patch(path, "{\"name\":\"" + NAME + "\"}", "If-Match", EMAIL),
                            ann.patch(path, "{\"name\":\"" + NAME + "\"}", "If-Unmodified-Since", NAME),
                            ann.get("/api/customers?name=" + NAME + "&name=" + NAME),
                            ann.get("/api/customers/" + NAME),
                            ann.get("/" + NAME),
                            ann.get("/api/customers", "Authorization", "Bearer " + token + "x"),
                            ann.get("/api/customers", "Cookie", NAME.repeat(3000))),
                    400,
                    499);

            // the database refuses a row and says in its details what is in it
            try (Connection owner = database.connectAsOwner();
                    Statement statement = owner.createStatement()) {
                statement.execute("alter table unlost.customer add constraint refuses check (name <> '" + NAME + "2')");
            }
            Reply broken = ann.post("/api/customers", customer(NAME + "2"), "X-Request-Id", "the-broken-one");
            assertThat(broken.status()).isEqualTo(500);

            // what a process prints is read by another thread than the one that reads its answers
            await("the error is logged")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> node.output()
                            .lines()
                            .anyMatch(line -> line.contains("the-broken-one") && line.contains("uncaught")));
            String output = node.output();
            assertThat(output).doesNotContainIgnoringCase("zyx").doesNotContain(PHONE, "987654321", token);
            assertThat(output).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
            List<JsonNode> lines = new ArrayList<>();
            for (String line : output.lines().toList()) {
                if (!line.startsWith("node is ready ")) {
                    lines.add(JSON.readTree(line));
                }
            }
            assertThat(lines)
                    .as("what is logged of the request that went wrong")
                    .anySatisfy(line -> {
                        assertThat(line.path("requestId").asString("")).isEqualTo("the-broken-one");
                        assertThat(line.toString()).contains("uncaught", "refuses");
                    });
        }
        assertNothingOfTheActorIsIn(database);
    }

    private static void assertNothingOfTheActorIsIn(TestDatabase database) throws Exception {
        try (Connection maintenance = database.connectAsMaintenance();
                Statement statement = maintenance.createStatement();
                ResultSet events = statement.executeQuery("select e::text from unlost.event e")) {
            int count = 0;
            while (events.next()) {
                count++;
                assertThat(events.getString(1))
                        .contains("u-4711")
                        .doesNotContain(ACTOR_EMAIL)
                        .doesNotContain(ACTOR_NICKNAME)
                        .doesNotContain("Bearer");
            }
            assertThat(count).isEqualTo(2);
        }
    }

    private static void statuses(List<Reply> replies, int from, int to) {
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isBetween(from, to));
    }

    private static String customer(String name) {
        return "{\"name\":\"%s\",\"contactName\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\"}"
                .formatted(name, CONTACT, EMAIL, PHONE);
    }

    private static String token(TestNode node) throws Exception {
        URI uri = node.uri("/dev/token");
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"sub\":\"u-4711\",\"factoryId\":\"f-1\",\"email\":\"%s\",\"nickname\":\"%s\"}"
                                        .formatted(ACTOR_EMAIL, ACTOR_NICKNAME)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body()).path("access_token").stringValue();
    }
}
