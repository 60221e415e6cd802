package dev.unlost.security;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.unlost.http.Answer;
import dev.unlost.http.Members;
import dev.unlost.http.RequestBodies;
import dev.unlost.versioning.Assign;
import dev.unlost.versioning.FieldErrors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Profile;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gives a token to whoever asks, for whomever they name. In the development profile only. */
@Controller
@Profile("dev")
@Tag(name = "development", description = "Not there in production")
@SecurityRequirements
class DevelopmentTokens {

    /** The {@code iss} of these tokens. */
    static final String ISSUER = "http://localhost/dev";

    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final String DEFAULT_SCOPE = "records:read records:write";
    private static final int MAX_SCOPE = 1000;

    private final JwtEncoder encoder;
    private final SecuritySettings settings;

    DevelopmentTokens(@Qualifier("developmentSigningKey") KeyPair key, SecuritySettings settings) {
        ECKey jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) key.getPublic())
                .privateKey((ECPrivateKey) key.getPrivate())
                .build();
        this.encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(jwk)));
        this.settings = settings;
    }

    /** @return what accepts these tokens, and no others */
    static JwtDecoder decoder(KeyPair key, SecuritySettings settings) {
        ECKey jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) key.getPublic()).build();
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(new JWKSet(jwk)))
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        return new RememberedSignatures(decoder, TokenRules.of(ISSUER, settings.audience()));
    }

    private record TokenRequest(
            String sub, @Nullable String email, @Nullable String nickname, String factoryId, String scope) {}

    @PostMapping(path = "/dev/token", produces = "application/json")
    @Operation(
            summary = "An access token for anybody",
            operationId = "createDevelopmentToken",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(ref = "#/components/schemas/TokenRequest"),
                                            examples = @ExampleObject("""
                                                            {"sub": "u-1", "email": "ann@example.com", "nickname": "Ann", "factoryId": "northwind"}"""))))
    @ApiResponse(
            responseCode = "200",
            description = "The token; expires_in counts seconds",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/TokenAnswer")))
    @ApiResponse(responseCode = "400", ref = "#/components/responses/malformed-body")
    @ApiResponse(responseCode = "413", ref = "#/components/responses/body-too-large")
    @ApiResponse(responseCode = "415", ref = "#/components/responses/unsupported-media-type")
    @ApiResponse(responseCode = "422", ref = "#/components/responses/validation-failed")
    Answer issue(HttpServletRequest request) {
        TokenRequest wanted = read(new Members(RequestBodies.read(request, RequestBodies.JSON)));
        Instant now = Instant.now();
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .audience(List.of(settings.audience()))
                .subject(wanted.sub())
                .issuedAt(now)
                .expiresAt(now.plus(LIFETIME))
                .claim(TokenClaims.FACTORY, wanted.factoryId())
                .claim(TokenClaims.SCOPE, wanted.scope());
        if (wanted.email() != null) {
            claims.claim(TokenClaims.EMAIL, wanted.email());
        }
        if (wanted.nickname() != null) {
            claims.claim(TokenClaims.NICKNAME, wanted.nickname());
        }
        JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).type("JWT").build();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put(
                "access_token",
                encoder.encode(JwtEncoderParameters.from(header, claims.build()))
                        .getTokenValue());
        answer.put("token_type", "Bearer");
        answer.put("expires_in", LIFETIME.toSeconds());
        return new Answer(200, Map.of("Cache-Control", "no-store"), answer);
    }

    @SuppressWarnings("NullAway") // what must not be null is checked before
    private static TokenRequest read(Members body) {
        String sub = Assign.after(body.text("sub"), null);
        String email = Assign.after(body.text("email"), null);
        String nickname = Assign.after(body.text("nickname"), null);
        String factoryId = Assign.after(body.text("factoryId"), null);
        String scope = Assign.after(body.text("scope"), null);
        return body.build(() -> {
            FieldErrors errors = new FieldErrors();
            errors.requiredLine("sub", sub, TokenClaims.MAX_LENGTH);
            errors.line("email", email, TokenClaims.MAX_LENGTH);
            errors.line("nickname", nickname, TokenClaims.MAX_LENGTH);
            errors.requiredLine("factoryId", factoryId, TokenClaims.MAX_LENGTH);
            errors.line("scope", scope, MAX_SCOPE);
            errors.throwIfAny();
            return new TokenRequest(sub, email, nickname, factoryId, scope == null ? DEFAULT_SCOPE : scope);
        });
    }
}
