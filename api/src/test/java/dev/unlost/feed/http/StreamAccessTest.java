package dev.unlost.feed.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

class StreamAccessTest {

    private static final StreamAccess.Grant GRANT = new StreamAccess.Grant("token", null);

    @Test
    void aTokenHoldsWhileItIsGoodAndHasTheScope() {
        assertThat(new StreamAccess(token -> tokenWith("records:read records:write")).stillHolds(GRANT))
                .isTrue();
    }

    @Test
    void aTokenWhoseScopeOrKeyWasWithdrawnHoldsNoMore() {
        assertThat(new StreamAccess(token -> tokenWith("records:write")).stillHolds(GRANT))
                .isFalse();
        assertThat(new StreamAccess(token -> {
                            throw new BadJwtException("unknown key");
                        })
                        .stillHolds(GRANT))
                .isFalse();
    }

    @Test
    void aTokenHoldsWhileItsIssuerCannotBeAsked() {
        assertThat(new StreamAccess(token -> {
                            throw new JwtException("no answer");
                        })
                        .stillHolds(GRANT))
                .isTrue();
    }

    private static Jwt tokenWith(String scope) {
        return new Jwt("token", null, null, Map.of("alg", "ES256"), Map.of("scope", scope));
    }
}
