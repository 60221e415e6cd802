package dev.unlost.security;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Which access tokens are good.
 *
 * @param audience what their {@code aud} must name
 * @param algorithms the family of algorithms they may be signed with; one only, as a key must not be tried with others
 */
@ConfigurationProperties("unlost.security")
record SecuritySettings(
        @DefaultValue("unlost") String audience,
        @DefaultValue("RS") Family algorithms) {

    /** Asymmetric algorithms that share a kind of key (RFC 7518 section 3.1). */
    enum Family {
        RS,
        PS,
        ES;

        Set<SignatureAlgorithm> members() {
            return switch (this) {
                case RS -> Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.RS384, SignatureAlgorithm.RS512);
                case PS -> Set.of(SignatureAlgorithm.PS256, SignatureAlgorithm.PS384, SignatureAlgorithm.PS512);
                case ES -> Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.ES512);
            };
        }
    }
}
