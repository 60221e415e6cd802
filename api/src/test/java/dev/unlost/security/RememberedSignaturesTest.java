package dev.unlost.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class RememberedSignaturesTest {

    private static final byte[] SECRET = "a secret of at least 32 characters".getBytes(UTF_8);

    private final List<String> verified = new ArrayList<>();
    private boolean allowed = true;

    private final RememberedSignatures tokens = new RememberedSignatures(
            new NimbusJwtDecoder(new DefaultJWTProcessor<>() {
                @Override
                public JWTClaimsSet process(SignedJWT token, @Nullable SecurityContext context) throws BadJWSException {
                    verified.add(token.serialize());
                    try {
                        if (token.verify(new MACVerifier(SECRET))) {
                            return token.getJWTClaimsSet();
                        }
                    } catch (JOSEException | ParseException e) {
                        throw new BadJWSException("cannot be read", e);
                    }
                    throw new BadJWSException("wrong signature");
                }
            }),
            token -> allowed
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new OAuth2Error("expired")));

    @Test
    void aSignatureIsCheckedOnce() throws Exception {
        String token = signed("u-1");
        assertThat(tokens.decode(token).getSubject()).isEqualTo("u-1");
        assertThat(tokens.decode(token).getSubject()).isEqualTo("u-1");
        assertThat(tokens.decode(signed("u-2")).getSubject()).isEqualTo("u-2");
        assertThat(verified).hasSize(2);
    }

    @Test
    void whatATokenSaysIsCheckedEveryTime() throws Exception {
        String token = signed("u-1");
        tokens.decode(token);
        allowed = false;
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(BadJwtException.class);
    }

    @Test
    void aWrongSignatureIsRefusedEveryTime() throws Exception {
        String token = signed("u-1");
        tokens.decode(token);
        String other = signed("u-2");
        String forged = token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode(forged)).isInstanceOf(BadJwtException.class);
        }
    }

    @Test
    void whatBreaksARuleIsNotRemembered() throws Exception {
        allowed = false;
        String token = signed("u-1");
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(BadJwtException.class);
        allowed = true;
        assertThat(tokens.decode(token).getSubject()).isEqualTo("u-1");
        assertThat(verified).hasSize(2);
    }

    private static String signed(String subject) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder().subject(subject).build());
        token.sign(new MACSigner(SECRET));
        return token.serialize();
    }
}
