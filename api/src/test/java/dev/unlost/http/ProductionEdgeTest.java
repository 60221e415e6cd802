package dev.unlost.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.unlost.customer.CustomerCommand.DeleteCustomerCommand;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerType;
import dev.unlost.http.EdgeService.Behind;
import dev.unlost.people.Person;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.RecordView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The edge outside of the development profile, with another issuer's tokens and what else can be configured. */
@SpringBootTest(
        classes = EdgeService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "unlost.security.algorithms=ES",
            "unlost.preconditions.customer=optional",
            "unlost.people.hide-email=true"
        })
class ProductionEdgeTest {

    private static final String ID = "0193a5c4-9f3c-7d2b-8a41-2f6b7c8d9e0f";
    private static final String ISSUER = "https://issuer.example.com";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ECKey EC = ec();
    private static final RSAKey RSA = rsa();
    private static final HttpServer KEYS = keys();

    private final int port;
    private final Behind behind;

    ProductionEdgeTest(@LocalServerPort int port, @Autowired Behind behind) {
        this.port = port;
        this.behind = behind;
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> ISSUER);
        registry.add(
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                () -> "http://localhost:" + KEYS.getAddress().getPort() + "/keys");
    }

    @AfterAll
    static void stop() {
        KEYS.stop(0);
    }

    @Test
    void nobodyGetsADevelopmentToken() {
        HttpResponse<String> answer = exchange(HttpRequest.newBuilder(uri("/dev/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"sub\":\"u-1\",\"factoryId\":\"f-1\"}"))
                .build());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void aTokenIsSignedWithTheOneFamilyEvenWhenTheIssuerHasKeysOfOthers() throws Exception {
        behind.customers = query -> view(7, false);
        assertThat(send("GET", ec(JWSAlgorithm.ES256)).statusCode()).isEqualTo(200);
        SignedJWT other = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build(), claims());
        other.sign(new RSASSASigner(RSA));
        assertThat(send("GET", other.serialize()).statusCode()).isEqualTo(401);
    }

    @Test
    void aVersionNeedNotBeSaidWhereItIsOptional() throws Exception {
        behind.customers = command -> view(8, true);
        assertThat(send("DELETE", ec(JWSAlgorithm.ES256)).statusCode()).isEqualTo(204);
        assertThat(behind.asked.getLast()).isEqualTo(new DeleteCustomerCommand(ID, ExpectedVersion.UNCONDITIONAL));
    }

    @Test
    void eMailAddressesAreHidden() throws Exception {
        behind.known = Map.of("u-1", new Person("u-1", "ann@example.com", "Ann"));
        behind.customers = query -> view(7, true);
        HttpResponse<String> answer = send("GET", ec(JWSAlgorithm.ES256));
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body())
                .contains("\"deletedByInfo\":{\"id\":\"u-1\",\"email\":null,\"nickname\":\"Ann\"}")
                .doesNotContain("ann@example.com");
    }

    private static RecordView<CustomerDetails> view(long version, boolean deleted) {
        Instant at = Instant.parse("2026-11-22T10:15:30.123456Z");
        return new RecordView<>(
                CustomerType.INSTANCE.key(ID),
                "f-1",
                version,
                deleted,
                at,
                "u-1",
                at,
                "u-1",
                new CustomerDetails("A", null, null, null, null, null, List.of(), null));
    }

    private HttpResponse<String> send(String method, @Nullable String token) {
        return exchange(HttpRequest.newBuilder(uri("/api/customers/" + ID))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> exchange(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ec(JWSAlgorithm algorithm) throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID("ec").build(), claims());
        token.sign(new ECDSASigner(EC));
        return token.serialize();
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("unlost")
                .subject("u-1")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .claim("factory_id", "f-1")
                .claim("scope", "records:read records:write")
                .build();
    }

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("rsa").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpServer keys() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] keys = new JWKSet(List.of(EC.toPublicJWK(), RSA.toPublicJWK()))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                try (exchange) {
                    exchange.getResponseBody().write(keys);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
