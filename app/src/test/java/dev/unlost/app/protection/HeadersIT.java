package dev.unlost.app.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.TestNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeadersIT {

    private final Caller ann = Caller.of(SharedNodes.first(), "ann", "headers-" + UUID.randomUUID());

    @Test
    void everyAnswerHasTheHeadersThatBrowsersHeed() {
        String path = ann.created("{\"name\":\"A\"}");
        List<Reply> replies = List.of(
                ann.get(path),
                ann.get("/api/customers"),
                ann.patch(path, "{\"name\":\"B\"}", "If-Match", "\"1\""),
                ann.patch(path, "{\"name\":\"C\"}", "If-Match", "\"1\""),
                ann.get(path, "If-None-Match", "\"2\""),
                ann.get("/api/nothing"),
                ann.get("/problems/version-conflict"),
                ann.get(path, "Authorization", "Bearer x.y.z"));
        assertThat(replies).extracting(Reply::status).containsExactly(200, 200, 200, 409, 304, 404, 200, 401);
        for (Reply reply : replies) {
            assertThat(reply.header("X-Content-Type-Options"))
                    .as(reply.toString())
                    .contains("nosniff");
            assertThat(reply.header("X-Frame-Options")).contains("DENY");
            assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
            assertThat(reply.header("Content-Security-Policy").orElse(""))
                    .contains("default-src 'self'", "frame-ancestors 'none'");
            assertThat(reply.header("Cache-Control").orElse(""))
                    .as(reply.toString())
                    // the last is of the pages about problems, which are the same for everybody
                    .matches("private, no-cache|no-cache, no-store.*|max-age=3600, public");
            assertThat(reply.header("Server")).isEmpty();
            assertThat(reply.header("X-Powered-By")).isEmpty();
            assertThat(reply.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void theConsoleMayDoLessThanAnyOtherPage() {
        Reply page = ann.get("/console/", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.raw().headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-")
                .contains("connect-src 'self';", "base-uri 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("X-Frame-Options")).contains("DENY");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        assertThat(page.header("Cache-Control")).contains("no-cache");
        assertThat(page.header("Set-Cookie")).isEmpty();
        assertThat(page.text()).doesNotContain("__CSP_NONCE__");
    }

    @Test
    void onlyReadsOfRecordsCanBeRevalidated() {
        String path = ann.created("{\"name\":\"A\"}");
        assertThat(ann.get(path).raw().headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        assertThat(ann.patch(path, "{\"name\":\"B\"}", "If-Match", "\"1\"")
                        .header("Cache-Control")
                        .orElse(""))
                .contains("no-store");
    }

    @Test
    void onlyPagesOfAllowedOriginsMayAsk() throws IOException, InterruptedException {
        String[] asked = {
            "Access-Control-Request-Method", "PATCH", "Access-Control-Request-Headers", "authorization,if-match"
        };
        try (TestNode node =
                TestNode.inProcess(SharedNodes.database(), "unlost.origins.allowed=https://*.example.com")) {
            Caller there = ann.at(node);
            String path = there.created("{\"name\":\"A\"}");
            for (String resource : List.of(path, "/rest/v1/customers")) {
                Reply asks = preflight(there, resource, "https://app.example.com", asked);
                assertThat(asks.status()).isEqualTo(200);
                assertThat(asks.header("Access-Control-Allow-Origin")).contains("https://app.example.com");
                assertThat(asks.header("Access-Control-Allow-Methods").orElse(""))
                        .contains("PATCH");
                assertThat(asks.header("Access-Control-Allow-Headers").orElse(""))
                        .contains("if-match");
                assertThat(asks.header("Access-Control-Allow-Credentials")).isEmpty();
                assertThat(preflight(there, resource, "https://example.org", asked)
                                .status())
                        .isEqualTo(403);
            }
            Reply refused = there.get(path, "Origin", "https://example.org");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("Content-Type")).contains("application/problem+json");
            assertThat(refused.json().path("code").asString("")).isEqualTo("origin-not-allowed");
            assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(refused.header("Vary").orElse("")).contains("Origin");
            HttpRequest feed = HttpRequest.newBuilder(there.uri("/api/changes"))
                    .header("Accept", "text/event-stream")
                    .header("Authorization", "Bearer " + there.token())
                    .header("Origin", "https://app.example.com")
                    .build();
            HttpResponse<InputStream> stream = HttpClient.newHttpClient().send(feed, BodyHandlers.ofInputStream());
            stream.body().close();
            assertThat(stream.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("https://app.example.com");
            Reply stale =
                    there.patch(path, "{\"name\":\"B\"}", "If-Match", "\"7\"", "Origin", "https://app.example.com");
            assertThat(stale.status()).isEqualTo(409);
            assertThat(stale.header("Access-Control-Allow-Origin")).contains("https://app.example.com");
            assertThat(there.get(path, "Origin", "https://app.example.com")
                            .header("Access-Control-Expose-Headers")
                            .orElse(""))
                    .contains("ETag");
        }
        assertThat(preflight(ann, "/api/customers", "https://app.example.com", asked)
                        .header("Access-Control-Allow-Origin"))
                .as("nobody said that it may")
                .isEmpty();
    }

    private static Reply preflight(Caller caller, String path, String origin, String... asked) {
        List<String> headers = new ArrayList<>(List.of(asked));
        headers.addAll(List.of("Origin", origin));
        return caller.send("OPTIONS", path, null, headers.toArray(String[]::new));
    }

    @Test
    void browsersAreToldToStayWithTlsWhereAProxyEndsIt() {
        String path = ann.created("{\"name\":\"A\"}");
        assertThat(ann.get(path, "X-Forwarded-Proto", "https").header("Strict-Transport-Security"))
                .as("nobody said that there is a proxy")
                .isEmpty();
        try (TestNode behind = TestNode.inProcess(SharedNodes.database(), "server.forward-headers-strategy=native")) {
            Caller there = ann.at(behind);
            assertThat(there.get(path, "X-Forwarded-Proto", "https")
                            .header("Strict-Transport-Security")
                            .orElse(""))
                    .contains("max-age=31536000");
            assertThat(there.get(path).header("Strict-Transport-Security")).isEmpty();
        }
    }
}
