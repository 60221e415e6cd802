package dev.unlost.app.guarantees;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes access tokens (RFC 7519), good ones and others. */
final class Forge {

    static final String ES256 = "{\"alg\":\"ES256\",\"typ\":\"JWT\"}";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair key;
    private final Map<String, Object> good;

    /** @param key the one that the service trusts */
    Forge(KeyPair key, String factory) {
        this.key = key;
        Instant now = Instant.now();
        this.good = new LinkedHashMap<>(Map.of(
                "iss", "http://localhost/dev",
                "aud", "unlost",
                "sub", "mallory",
                "factory_id", factory,
                "scope", "records:read records:write",
                "iat", now.minusSeconds(60).getEpochSecond(),
                "exp", now.plusSeconds(3600).getEpochSecond()));
    }

    /** @return a token that only differs from a good one in that claim; without it where the value is null */
    String with(String claim, @Nullable Object value) {
        return signed(ES256, claims(claim, value), key.getPrivate());
    }

    String good() {
        return signed(ES256, JSON.writeValueAsString(good), key.getPrivate());
    }

    String header(String header) {
        return signed(header, JSON.writeValueAsString(good), key.getPrivate());
    }

    /** @return what this service's key signs, whatever it is */
    String payload(String payload) {
        return signed(ES256, payload, key.getPrivate());
    }

    /** @return a good token, but for the key that it is signed with */
    String byAnotherKey() {
        return signed(ES256, JSON.writeValueAsString(good), freshKey().getPrivate());
    }

    /** @return a token that brings along the key that it is signed with */
    String byItsOwnKey() {
        KeyPair own = freshKey();
        return signed(ownKey(own), JSON.writeValueAsString(good), own.getPrivate());
    }

    /** @return a token that is not signed, with any text for a signature */
    String unsigned(String header, String signature) {
        return encode(header) + "." + encode(JSON.writeValueAsString(good)) + "." + signature;
    }

    /** @return a token whose claims were changed after it was signed */
    String tampered() {
        String[] parts = good().split("\\.", -1);
        return parts[0] + "." + encode(claims("factory_id", "another")) + "." + parts[2];
    }

    /** @return a token authenticated with the public key, which everybody may have, as if it were a secret */
    String byThePublicKey(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String content =
                    encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encode(JSON.writeValueAsString(good));
            return content + "." + BASE64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] publicKey() {
        return key.getPublic().getEncoded();
    }

    byte[] publicKeyAsPem() {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey())
                + "\n-----END PUBLIC KEY-----\n";
        return pem.getBytes(StandardCharsets.US_ASCII);
    }

    private String claims(String claim, @Nullable Object value) {
        Map<String, Object> claims = new LinkedHashMap<>(good);
        claims.remove(claim);
        if (value != null) {
            claims.put(claim, value);
        }
        // half a pair of surrogates can only be sent escaped
        return JSON.writeValueAsString(claims).replace("\uD800", "\\ud800");
    }

    private static String signed(String header, String payload, PrivateKey key) {
        try {
            String content = encode(header) + "." + encode(payload);
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair freshKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ownKey(KeyPair pair) {
        // the uncompressed point is the end of the encoded key: 32 bytes of x, 32 of y
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - 64, encoded.length - 32);
        byte[] y = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}}"
                .formatted(BASE64.encodeToString(x), BASE64.encodeToString(y));
    }
}
