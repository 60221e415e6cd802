package dev.unlost.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.unlost.people.Person;
import dev.unlost.security.SecuritySettings.Family;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class TokenRulesTest {

    private static final KeyPair KEY = key();
    private static final JwtDecoder DECODER = DevelopmentTokens.decoder(KEY, new SecuritySettings("unlost", Family.RS));

    @Test
    void aSoundTokenIsAccepted() {
        Jwt token = DECODER.decode(signed(claims -> {}));
        assertThat(TokenClaims.factory(token)).isEqualTo("f-1");
        assertThat(TokenClaims.person(token)).isEqualTo(new Person("u-1", "ann@example.com", "Ann"));
    }

    @Test
    void whatIsSaidOfThePersonMayBeMissingOrUseless() {
        Jwt token = DECODER.decode(signed(claims -> claims.claim("email", 7).claim("nickname", "a\u0000b")));
        assertThat(TokenClaims.person(token)).isEqualTo(new Person("u-1", null, null));
    }

    @Test
    void otherIssuersAudiencesAndTimesAreRefused() {
        Date past = Date.from(Instant.now().minus(Duration.ofHours(1)));
        Date future = Date.from(Instant.now().plus(Duration.ofHours(1)));
        assertRefused(claims -> claims.issuer("http://localhost/other"));
        assertRefused(claims -> claims.issuer(null));
        assertRefused(claims -> claims.audience("other"));
        assertRefused(claims -> claims.audience(List.of()));
        assertRefused(claims -> claims.expirationTime(past));
        assertRefused(claims -> claims.expirationTime(null));
        assertRefused(claims -> claims.notBeforeTime(future));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "factory_id"})
    void whoAndWhichFactoryMustBeSaid(String claim) {
        assertRefused(claims -> claims.claim(claim, null));
        assertRefused(claims -> claims.claim(claim, ""));
        assertRefused(claims -> claims.claim(claim, " "));
        assertRefused(claims -> claims.claim(claim, "a\u0000"));
        assertRefused(claims -> claims.claim(claim, "a\nb"));
        assertRefused(claims -> claims.claim(claim, "x".repeat(201)));
        assertThat(DECODER.decode(signed(claims -> claims.claim(claim, "x".repeat(200)))))
                .isNotNull();
    }

    @Test
    void aFactoryThatIsNoTextIsRefused() {
        assertRefused(claims -> claims.claim("factory_id", 7));
        assertRefused(claims -> claims.claim("factory_id", List.of("f-1")));
    }

    @Test
    void onlyTheOneAlgorithmAndKeyAreAccepted() throws Exception {
        assertThatThrownBy(() -> DECODER.decode(new PlainJWT(claims(c -> {})).serialize()))
                .isInstanceOf(BadJwtException.class);
        assertRefused(JWSAlgorithm.ES256, new ECDSASigner((ECPrivateKey) key().getPrivate()));
        // the public key as a shared secret
        assertRefused(JWSAlgorithm.HS256, new MACSigner(KEY.getPublic().getEncoded()));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        assertRefused(JWSAlgorithm.RS256, new RSASSASigner(rsa.generateKeyPair().getPrivate()));
        String token = signed(claims -> {});
        assertThatThrownBy(() -> DECODER.decode(token.substring(0, token.lastIndexOf('.') + 1)))
                .isInstanceOf(BadJwtException.class);
    }

    @Test
    void tokensForOtherPurposesAreRefused() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("logout+jwt"))
                .build();
        SignedJWT token = new SignedJWT(header, claims(c -> {}));
        token.sign(new ECDSASigner((ECPrivateKey) KEY.getPrivate()));
        assertThatThrownBy(() -> DECODER.decode(token.serialize())).isInstanceOf(BadJwtException.class);
    }

    private static void assertRefused(Consumer<JWTClaimsSet.Builder> change) {
        assertThatThrownBy(() -> DECODER.decode(signed(change))).isInstanceOf(BadJwtException.class);
    }

    private static void assertRefused(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims(c -> {}));
        token.sign(signer);
        assertThatThrownBy(() -> DECODER.decode(token.serialize())).isInstanceOf(BadJwtException.class);
    }

    private static String signed(Consumer<JWTClaimsSet.Builder> change) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims(change));
            token.sign(new ECDSASigner((ECPrivateKey) KEY.getPrivate()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(DevelopmentTokens.ISSUER)
                .audience("unlost")
                .subject("u-1")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .claim("factory_id", "f-1")
                .claim("email", "ann@example.com")
                .claim("nickname", "Ann")
                .claim("scope", "records:read");
        change.accept(claims);
        return claims.build();
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
