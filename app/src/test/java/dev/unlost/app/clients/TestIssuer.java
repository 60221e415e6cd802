package dev.unlost.app.clients;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issues tokens by OpenID Connect's code flow with a proof key, to the person that the sign-in form names. A code is good
 * once, for the client, redirect address and proof key that it was asked for.
 */
final class TestIssuer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private record Asked(String person, String redirect, String challenge, String nonce) {}

    private final HttpServer server;
    private final RSAKey key;
    private final String clientId;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();

    private TestIssuer(HttpServer server, RSAKey key, String clientId) {
        this.server = server;
        this.key = key;
        this.clientId = clientId;
    }

    static TestIssuer start(String clientId) throws IOException {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestIssuer issuer = new TestIssuer(
                    server, new RSAKeyGenerator(2048).keyID("one").generate(), clientId);
            server.createContext("/", issuer::answer);
            server.start();
            return issuer;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return what its tokens have as {@code iss} */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        switch (exchange.getRequestURI().getPath()) {
            case "/.well-known/openid-configuration" ->
                json(
                        exchange,
                        200,
                        Map.of(
                                "issuer", address(),
                                "authorization_endpoint", address() + "/authorize",
                                "token_endpoint", address() + "/token",
                                "jwks_uri", address() + "/keys",
                                "response_types_supported", List.of("code"),
                                "subject_types_supported", List.of("public"),
                                "id_token_signing_alg_values_supported", List.of("RS256"),
                                "code_challenge_methods_supported", List.of("S256")));
            case "/keys" -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject());
            case "/authorize" -> form(exchange);
            case "/signed-in" -> redirect(exchange);
            case "/token" -> token(exchange);
            default -> json(exchange, 404, Map.of());
        }
    }

    private static void form(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        respond(exchange, 200, "text/html", """
                <!doctype html><html lang="en"><title>Issuer</title>
                <form action="/signed-in"><label>Name <input name="person"></label>
                <input type="hidden" name="asked" value="%s"><button>Sign in</button></form>
                """.formatted(
                        query.replace("&", "&amp;").replace("\"", "&quot;")));
    }

    private void redirect(HttpExchange exchange) throws IOException {
        Map<String, String> form = parameters(exchange.getRequestURI().getRawQuery());
        Map<String, String> asked = parameters(form.getOrDefault("asked", ""));
        if (!asked.getOrDefault("client_id", "").equals(clientId)
                || !asked.getOrDefault("response_type", "").equals("code")
                || !asked.getOrDefault("code_challenge_method", "").equals("S256")) {
            json(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = UUID.randomUUID().toString();
        String redirect = asked.getOrDefault("redirect_uri", "");
        codes.put(
                code,
                new Asked(
                        form.getOrDefault("person", ""),
                        redirect,
                        asked.getOrDefault("code_challenge", ""),
                        asked.getOrDefault("nonce", "")));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        redirect + "?code=" + code + "&state="
                                + URLEncoder.encode(asked.getOrDefault("state", ""), UTF_8));
        respond(exchange, 302, "text/plain", "");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        Asked asked = codes.remove(form.getOrDefault("code", ""));
        if (asked == null
                || !form.getOrDefault("redirect_uri", "").equals(asked.redirect())
                || !challenge(form.getOrDefault("code_verifier", "")).equals(asked.challenge())) {
            json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        JWTClaimsSet.Builder access = claims(asked.person())
                .audience("unlost")
                .claim("scope", "openid records:read records:write")
                .claim("factory_id", "oidc");
        JWTClaimsSet.Builder identity = claims(asked.person()).audience(clientId);
        if (!asked.nonce().isEmpty()) {
            identity.claim("nonce", asked.nonce());
        }
        json(
                exchange,
                200,
                Map.of(
                        "access_token",
                        signed(access.build()),
                        "id_token",
                        signed(identity.build()),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        300));
    }

    private JWTClaimsSet.Builder claims(String person) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(address())
                .subject(person)
                .claim("nickname", person)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private String signed(JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return parameters;
    }

    private static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        respond(exchange, status, "application/json", JSON.writeValueAsString(body));
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
