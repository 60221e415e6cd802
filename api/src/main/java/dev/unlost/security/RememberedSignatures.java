package dev.unlost.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks a token's signature when it is seen first, and again once a minute: that costs more than all else that is done
 * to answer with a record. What the token says, its times above all, is checked every time.
 */
final class RememberedSignatures implements JwtDecoder {

    /** Also how long a key that its issuer has withdrawn goes on being good, beyond the time for which keys are kept. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final int MOST = 5_000;

    private final NimbusJwtDecoder signatures;
    private final OAuth2TokenValidator<Jwt> rules;
    private final Cache<String, Jwt> good =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    /** @param signatures from here on checks these only */
    RememberedSignatures(NimbusJwtDecoder signatures, OAuth2TokenValidator<Jwt> rules) {
        this.signatures = signatures;
        this.rules = rules;
        signatures.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
    }

    @Override
    public Jwt decode(String token) {
        Jwt known = good.getIfPresent(token);
        Jwt jwt = known == null ? signatures.decode(token) : known;
        OAuth2TokenValidatorResult result = rules.validate(jwt);
        if (result.hasErrors()) {
            good.invalidate(token);
            throw new JwtValidationException("the token breaks a rule", result.getErrors());
        }
        if (known == null) {
            good.put(token, jwt);
        }
        return jwt;
    }
}
