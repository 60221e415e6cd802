package dev.unlost.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.http.EdgeService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.json.JsonMapper;

/** The console of the test resources, as a browser gets it that has no token. */
@SpringBootTest(classes = EdgeService.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("dev")
class ConsoleTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String[] AS_A_BROWSER = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};
    private static final Pattern NONCE = Pattern.compile("property=\"csp-nonce\" content=\"([^\"]*)\"");

    private final int port;

    ConsoleTest(@LocalServerPort int port) {
        this.port = port;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console"})
    void theWayLeadsToTheConsole(String path) {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("/console/");
    }

    @Test
    void inTheDevelopmentProfileOneSaysWhoOneIs() {
        HttpResponse<byte[]> answer = get("/console/settings.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("{\"development\":true}");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        HttpResponse<byte[]> people = get("/dev/people");
        assertThat(people.statusCode()).isEqualTo(200);
        assertThat(new JsonMapper()
                        .readTree(people.body())
                        .at("/people/0/nickname")
                        .stringValue())
                .isEqualTo("Ann");
        assertThat(new JsonMapper().readTree(people.body()).at("/factories/0").stringValue())
                .isEqualTo("northwind");
    }

    @Test
    void everyAnswerHasANonceOfItsOwn() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            HttpResponse<byte[]> answer = get("/console/", AS_A_BROWSER);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
            Matcher nonce = NONCE.matcher(text(answer));
            assertThat(nonce.find()).isTrue();
            assertThat(nonce.group(1)).matches("[A-Za-z0-9_-]{22}");
            assertThat(answer.headers().allValues("Content-Security-Policy"))
                    .containsExactly("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce.group(1)
                            + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
                            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
            nonces.add(nonce.group(1));
        }
        assertThat(nonces).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/index.html",
                "/console/customers",
                "/console/customers/0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0f/history?from=3",
                "/console/metahub/v1.2"
            })
    void aPlaceWithinTheConsoleIsItsPage(String path) {
        HttpResponse<byte[]> answer = get(path, AS_A_BROWSER);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).contains("<title>A console</title>").doesNotContain("__CSP_NONCE__");
    }

    @Test
    void whatIsNoFileIsAPageForBrowsersOnly() {
        assertThat(get("/console/customers", "Accept", "*/*").statusCode()).isEqualTo(404);
        assertThat(get("/console/customers", "Accept", "application/json").statusCode())
                .isEqualTo(404);
    }

    @Test
    void filesWhoseNamesSayWhatIsInThemAreKeptForEver() {
        HttpResponse<byte[]> answer = get("/console/assets/plain-b1c2d3e4.js");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/javascript");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=31536000, public, immutable");
        assertThat(text(answer)).isEqualTo("export const plain = 1\n");
        HttpResponse<byte[]> icon = get("/console/icon.svg");
        assertThat(icon.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(icon.headers().allValues("Cache-Control")).containsExactly("no-cache");
    }

    @Test
    void filesComeCompressedToWhoTakesThem() throws IOException {
        String path = "/console/assets/squeezed-a1b2c3d4.js";
        HttpResponse<byte[]> plain = get(path);
        HttpResponse<byte[]> compressed = get(path, "Accept-Encoding", "gzip, deflate, br");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        for (HttpResponse<byte[]> answer : List.of(plain, compressed)) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/javascript");
            assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gzip | true
                    GZIP;q=0.5, identity;q=1 | true
                    br, x-gzip | true
                    * | true
                    gzip;q=0.001, *;q=0 | true
                    gzip;q=0 | false
                    br , gzip ; Q=0.000 , * | false
                    identity, *;q=0 | false
                    br | false
                    not-gzip | false
                    """)
    void whoDoesNotTakeThemCompressedGetsThemAsTheyAre(String taken, boolean compressed) {
        assertThat(get("/console/assets/squeezed-a1b2c3d4.js", "Accept-Encoding", taken)
                        .headers()
                        .firstValue("Content-Encoding")
                        .isPresent())
                .isEqualTo(compressed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/assets/index-00000000.js",
                "/console/assets/",
                "/console/assets/squeezed-a1b2c3d4.js.gz",
                "/console/assets/%2e%2e/index.html",
                "/console/assets/plain-b1c2d3e4.js/"
            })
    void anUnknownAssetIsNotFound(String path) {
        HttpResponse<byte[]> answer = get(path, AS_A_BROWSER);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void thePagesTakeNothing() throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(uri("/console/customers"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void withoutTheConsoleThePageSaysHowToBuildIt() {
        ConsoleFiles none = ConsoleFiles.in("there-is-no-such-folder");
        assertThat(none.file("index.html")).isEmpty();
        ConsolePage page = ConsoleConfiguration.consolePage(none, new SignIn.Claimed());
        ByteArrayResource body =
                (ByteArrayResource) Objects.requireNonNull(page.answer().getBody());
        String html = new String(body.getByteArray(), StandardCharsets.UTF_8);
        assertThat(html).contains("Node 20.19", "./mvnw spring-boot:run").doesNotContain("__CSP_NONCE__");
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
