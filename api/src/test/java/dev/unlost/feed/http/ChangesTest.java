package dev.unlost.feed.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.unlost.feed.FeedItem.Ended;
import dev.unlost.http.EdgeService;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = EdgeService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "unlost.feed.heartbeat=300ms",
            "unlost.feed.max-streams=4",
            "unlost.feed.max-streams-per-factory=3",
            "unlost.feed.write-timeout=1s"
        })
@ActiveProfiles("dev")
class ChangesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final MemoryFeed feed;
    private final FeedStreams streams;
    private final MeterRegistry meters;
    private final KeyPair signingKey;
    private final List<StreamClient> clients = new ArrayList<>();

    ChangesTest(
            @LocalServerPort int port,
            @Autowired MemoryFeed feed,
            @Autowired FeedStreams streams,
            @Autowired MeterRegistry meters,
            @Autowired KeyPair signingKey) {
        this.port = port;
        this.feed = feed;
        this.streams = streams;
        this.meters = meters;
        this.signingKey = signingKey;
    }

    @AfterEach
    void everyStreamIsGoneOnceItsClientIs() throws IOException {
        for (StreamClient client : clients) {
            client.close();
        }
        awaitStreams(0);
        assertThat(feed.openReaders()).isZero();
    }

    // ---- streams

    @Test
    void aStreamIsNeitherKeptNorHeldBackOnItsWay() throws Exception {
        StreamClient client = open("/api/changes");
        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(client.header("Cache-Control")).isEqualTo("no-store");
        assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(client.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(client.header("X-Request-Id")).isNotEmpty();
        assertThat(client.header("Transfer-Encoding")).isNull();
    }

    @Test
    void aChangeIsToldAsItIsWrittenDown() throws Exception {
        StreamClient client = open("/api/changes");
        String here = feed.head();
        assertThat(nextOf(client)).isEqualTo("id: " + here + "\nevent: synced\ndata: {}");
        feed.append("f-2", "other", 1);
        feed.append("f-1", "a", 7);
        assertThat(nextOf(client))
                .isEqualTo("id: " + feed.head() + "\nevent: change\ndata: {\"type\":\"customer\",\"id\":\"a\","
                        + "\"factoryId\":\"f-1\",\"action\":\"update\",\"changedKeys\":[\"phone\",\"tags\"],"
                        + "\"version\":7,\"ts\":\"2026-11-22T10:15:30.123456Z\",\"actor\":\"u-1\"}");
    }

    @Test
    void aQuietStreamSaysWhereItIs() throws Exception {
        StreamClient client = open("/api/changes");
        client.next();
        assertThat(client.next()).isEqualTo("id: " + feed.head() + "\nevent: heartbeat\ndata: {}");
        assertThat(client.next()).isEqualTo("id: " + feed.head() + "\nevent: heartbeat\ndata: {}");
    }

    @Test
    void aStreamGoesOnAfterTheLastEventThatWasSeen() throws Exception {
        String before = feed.head();
        feed.append("f-1", "a", 1);
        String between = feed.head();
        feed.append("f-1", "a", 2);
        assertThat(versions(open("/api/changes?since=" + before), 2)).containsExactly(1L, 2L);
        assertThat(versions(open("/api/changes", "Last-Event-ID: " + between), 1))
                .containsExactly(2L);
        assertThat(versions(open("/api/changes?since=" + before, "Last-Event-ID: " + between), 1))
                .containsExactly(2L);
    }

    @Test
    void aStreamCanStartAtTheBeginningOrNow() throws Exception {
        feed.append("f-1", "a", 1);
        assertThat(nextOf(open("/api/changes?since=0"))).contains("event: change", "c1");
        assertThat(nextOf(open("/api/changes?since="))).contains("event: synced");
        assertThat(nextOf(open("/api/changes", "Last-Event-ID: "))).contains("event: synced");
    }

    @Test
    void aPlaceThatIsNoneIsAnsweredWithAResetAndTheStreamGoesOn() throws Exception {
        StreamClient client = open("/api/changes?since=c99999999");
        String here = feed.head();
        assertThat(client.next()).isEqualTo("id: " + here + "\nevent: reset\ndata: {\"reason\":\"future\"}");
        assertThat(client.next()).isEqualTo("id: " + here + "\nevent: synced\ndata: {}");
        feed.append("f-1", "a", 1);
        assertThat(nextOf(client)).contains("event: change");
    }

    @Test
    void filtersHold() throws Exception {
        StreamClient client = open("/api/changes?type=customer&id=b");
        assertThat(nextOf(client)).contains("event: synced");
        feed.append("f-1", "a", 1);
        feed.append("f-1", "b", 3);
        assertThat(versions(client, 1)).containsExactly(3L);
    }

    @ParameterizedTest
    @CsvSource({"SLOW, too slow", "LOG_REPLACED, the database was replaced", "UNREADABLE, the changes cannot be read"})
    void aStreamEndsWithItsReader(Ended.Reason reason, String words) throws Exception {
        StreamClient client = open("/api/changes");
        assertThat(nextOf(client)).contains("event: synced");
        feed.endAll(reason);
        assertThat(nextOf(client)).startsWith(": " + words);
        assertThat(client.next()).isNull();
    }

    @Test
    void aStreamThatCannotBeWorkedOnEndsInsteadOfFallingSilent() throws Exception {
        StreamClient client = open("/api/changes");
        assertThat(nextOf(client)).contains("event: synced");
        feed.failAll(new NoClassDefFoundError("a change"));
        for (String event = client.next(); event != null; event = client.next()) {
            assertThat(event).contains("event: heartbeat");
        }
        awaitStreams(0);
    }

    @Test
    void aClientThatGoesIsNoticedWithoutBeingWrittenTo() throws Exception {
        StreamClient client = open("/api/changes");
        assertThat(nextOf(client)).contains("event: synced");
        awaitStreams(1);
        client.close();
        awaitStreams(0);
    }

    @Test
    void aClientThatTakesNothingIsCutOffAndWhatItLeavesIsBounded() throws Exception {
        StreamClient client = new StreamClient(port, "/api/changes", token("f-1", "records:read", 60), 4096);
        clients.add(client);
        assertThat(client.next()).contains("event: synced");
        double delivered = delivered();
        for (int version = 1; version <= 60_000; version++) {
            feed.append("f-1", "a", version);
        }
        awaitStreams(0);
        assertThat(delivered() - delivered).isLessThan(60_000);
        String last = null;
        for (String event = client.next(); event != null; event = client.next()) {
            last = event;
        }
        assertThat(last).isNotNull();
    }

    @Test
    void aStreamEndsWhenItsTokenDoes() throws Exception {
        StreamClient client = new StreamClient(port, "/api/changes", token("f-1", "records:read", 2), 0);
        clients.add(client);
        assertThat(client.status()).isEqualTo(200);
        assertThat(nextOf(client)).contains("event: synced");
        assertThat(nextOf(client)).isEqualTo(": the token has expired");
        assertThat(client.next()).isNull();
    }

    @Test
    void aFactoryAndANodeHaveOnlySoManyStreams() throws Exception {
        StreamClient first = open("/api/changes");
        open("/api/changes");
        open("/api/changes");
        HttpResponse<String> refused = get("/api/changes", token("f-1", "records:read", 60));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(JSON.readTree(refused.body()).get("code").stringValue()).isEqualTo("too-many-streams");

        String other = token("f-2", "records:read", 60);
        clients.add(new StreamClient(port, "/api/changes", other, 0));
        assertThat(get("/api/changes", other).statusCode()).isEqualTo(429);

        first.close();
        awaitStreams(3);
        assertThat(open("/api/changes").status()).isEqualTo(200);
    }

    @Test
    void aNodeThatGoesDownLetsItsStreamsGoAndTakesNoMore() throws Exception {
        StreamClient client = open("/api/changes");
        assertThat(nextOf(client)).contains("event: synced");
        streams.stop();
        try {
            assertThat(nextOf(client)).startsWith(": this node is going down");
            assertThat(client.next()).isNull();
            HttpResponse<String> refused = get("/api/changes", token("f-1", "records:read", 60));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            streams.start();
        }
    }

    @Test
    void aHeadIsNoStream() throws Exception {
        HttpResponse<String> answer = HTTP.send(
                request("/api/changes", token("f-1", "records:read", 60))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    // ---- pages

    @Test
    void pagesFollowOneAnother() throws Exception {
        String place = feed.head();
        for (int version = 1; version <= 3; version++) {
            feed.append("f-1", "a", version);
        }
        HttpResponse<String> answer = page("?limit=2&since=" + place);
        JsonNode first = JSON.readTree(answer.body());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(first.propertyNames()).containsExactly("items", "next");
        assertThat(first.get("items")).hasSize(2);
        assertThat(first.get("items").get(0).propertyNames())
                .containsExactly("type", "id", "factoryId", "action", "changedKeys", "version", "ts", "actor");
        JsonNode second = JSON.readTree(
                page("?limit=2&since=" + first.get("next").stringValue()).body());
        assertThat(second.get("items")).hasSize(1);
        JsonNode third =
                JSON.readTree(page("?since=" + second.get("next").stringValue()).body());
        assertThat(third.get("items")).isEmpty();
        assertThat(third.get("next").stringValue()).isEqualTo(feed.head());
        assertThat(JSON.readTree(page("").body()).get("items")).isEmpty();
    }

    @Test
    void aPageAfterAPlaceThatIsNoneIsRefusedAndSaysWhereTheFeedIs() throws Exception {
        HttpResponse<String> answer = page("?since=c99999999");
        assertThat(answer.statusCode()).isEqualTo(410);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("code").stringValue()).isEqualTo("feed-reset");
        assertThat(problem.get("reason").stringValue()).isEqualTo("future");
        assertThat(problem.get("next").stringValue()).isEqualTo(feed.head());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                       | text/event-stream",
                "text/event-stream                         | text/event-stream",
                "text/*                                    | text/event-stream",
                "application/json;q=0.5, text/event-stream | text/event-stream",
                "text/event-stream, application/json       | text/event-stream",
                "application/json                          | application/json",
                "application/*                             | application/json",
                "application/json, text/plain, */*         | application/json",
                "text/event-stream;q=0.5, application/json | application/json",
                "text/event-stream;q=0, */*                | application/json",
            })
    void theMediaTypeDecides(String accept, String contentType) throws Exception {
        StreamClient client = open("/api/changes", "Accept: " + accept);
        assertThat(client.status()).isEqualTo(200);
        assertThat(client.header("Content-Type")).isEqualTo(contentType);
    }

    // ---- refusals

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=nonsense",
                "since=c1&since=c2",
                "since=-1",
                "since=%00",
                "type=nothing-of-the-kind",
                "type=",
                "id=",
                "limit=10",
                "unknown=1",
                "Since=c1"
            })
    void whatAStreamDoesNotKnowIsRefused(String query) throws Exception {
        HttpResponse<String> answer = get("/api/changes?" + query, token("f-1", "records:read", 60));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "limit=", "after=c1", "since=nonsense"})
    void whatAPageDoesNotKnowIsRefused(String query) throws Exception {
        assertThat(page("?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void aLastEventIdThatIsNoCursorIsRefused() throws Exception {
        assertThat(open("/api/changes", "Last-Event-ID: nonsense").status()).isEqualTo(400);
        assertThat(open("/api/changes", "Last-Event-ID: c1", "Last-Event-ID: c2")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoMayNotReadGetsNoStream() throws Exception {
        HttpResponse<String> anonymous =
                HTTP.send(HttpRequest.newBuilder(uri("/api/changes")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(get("/api/changes", token("f-1", "records:write", 60)).statusCode())
                .isEqualTo(403);
        assertThat(get("/api/changes", token("f-1", "records:read", -120)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void otherMediaTypesAreNotThere() throws Exception {
        assertThat(open("/api/changes", "Accept: text/plain").status()).isEqualTo(406);
    }

    // ----

    private StreamClient open(String path, String... headers) throws IOException {
        StreamClient client = new StreamClient(port, path, token("f-1", "records:read", 60), 0, headers);
        clients.add(client);
        return client;
    }

    /** @return the next that is no heartbeat */
    private static @Nullable String nextOf(StreamClient client) throws IOException {
        String next = client.next();
        while (next != null && next.contains("event: heartbeat")) {
            next = client.next();
        }
        return next;
    }

    private static List<Long> versions(StreamClient client, int count) throws IOException {
        List<Long> versions = new ArrayList<>();
        while (versions.size() < count) {
            String next = String.valueOf(client.next());
            if (next.contains("event: change")) {
                String data = next.substring(next.indexOf("data: ") + "data: ".length());
                versions.add(JSON.readTree(data).get("version").longValue());
            }
        }
        return versions;
    }

    private HttpResponse<String> page(String query) throws IOException, InterruptedException {
        return HTTP.send(
                request("/api/changes" + query, token("f-1", "records:read", 60))
                        .header("Accept", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return HTTP.send(request(path, token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private String token(String factory, String scope, int lifetimeSeconds) {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.ES256),
                new JWTClaimsSet.Builder()
                        .issuer("http://localhost/dev")
                        .audience("unlost")
                        .subject("u-1")
                        .claim("factory_id", factory)
                        .claim("scope", scope)
                        .issueTime(Date.from(now.minusSeconds(600)))
                        .expirationTime(Date.from(now.plusSeconds(lifetimeSeconds)))
                        .build());
        try {
            token.sign(new ECDSASigner((ECPrivateKey) signingKey.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private double delivered() {
        return meters.get("unlost.feed.delivered").counter().count();
    }

    private void awaitStreams(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> meters.get("unlost.feed.streams").gauge().value() == count);
    }
}
