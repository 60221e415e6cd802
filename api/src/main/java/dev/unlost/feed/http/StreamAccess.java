package dev.unlost.feed.http;

import dev.unlost.http.Problem;
import dev.unlost.http.ProblemException;
import dev.unlost.http.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.stereotype.Component;

/** Whether who opened a stream may still have it. */
@Component
final class StreamAccess {

    private static final String READ = "SCOPE_records:read";

    private final JwtDecoder tokens;
    private final JwtGrantedAuthoritiesConverter authorities = new JwtGrantedAuthoritiesConverter();

    StreamAccess(JwtDecoder tokens) {
        this.tokens = tokens;
    }

    /**
     * What a stream was opened with.
     *
     * @param expiresAt null where it says no end
     */
    record Grant(String token, @Nullable Instant expiresAt) {}

    /**
     * Other requests get some time beyond the end of a token, as clocks differ. A stream, which ends with its token, would
     * end at once and be opened again, as long as that time lasts; so it is refused, and the client gets another token.
     *
     * @throws ProblemException if the token has ended
     * @throws IllegalStateException if this thread works on no request with a token; then the path is not guarded
     */
    Grant current() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof JwtAuthenticationToken authentication) {
            Jwt token = authentication.getToken();
            Instant end = token.getExpiresAt();
            if (end != null && !InstantSource.system().instant().isBefore(end)) {
                throw Problem.of(ProblemType.UNAUTHENTICATED)
                        .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                        .exception();
            }
            return new Grant(token.getTokenValue(), end);
        }
        throw new IllegalStateException("a stream of nobody");
    }

    /** @return false if the token would be refused now; true also where that cannot be told at the moment */
    boolean stillHolds(Grant grant) {
        try {
            return authorities.convert(tokens.decode(grant.token())).stream()
                    .anyMatch(authority -> READ.equals(authority.getAuthority()));
        } catch (BadJwtException e) {
            return false;
        } catch (JwtException | ProblemException e) {
            // the issuer's keys are out of reach; the token's own end is watched anyway
            return true;
        }
    }
}
