package dev.unlost.http;

import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The header {@code Idempotency-Key}, and what makes two requests under one key the same. */
public final class IdempotencyKeys {

    static final String HEADER = "Idempotency-Key";

    /** Says that an answer is that of an earlier request. */
    public static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern KEY = Pattern.compile("[ -~]{1,255}");

    private IdempotencyKeys() {}

    /**
     * @return the key; empty where the request has none
     * @throws ProblemException 400
     */
    static Optional<String> read(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HEADER));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (lines.size() > 1 || !KEY.matcher(lines.getFirst()).matches()) {
            throw Problem.of(ProblemType.IDEMPOTENCY_KEY_MALFORMED).exception();
        }
        return Optional.of(lines.getFirst());
    }

    /**
     * Requests are kept for ever by what this gives, so it depends on nothing but what they say: not on how their members
     * are ordered, nor on where else than in the body the version stands.
     *
     * @param what is done to which record: method, kind of record, canonical id
     */
    static IdempotencyKey of(String key, List<String> what, ObjectNode body) {
        MessageDigest digest = sha256();
        for (String part : what) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        digest.update(Json.canonicalBytes(body));
        return new IdempotencyKey(key, HexFormat.of().formatHex(digest.digest()));
    }

    /** @return the part of a request that is in the headers which condition it */
    static String condition(ExpectedVersion expected, boolean merges) {
        String condition =
                switch (expected) {
                    case ExpectedVersion.Exactly exactly -> Long.toString(exactly.version());
                    case ExpectedVersion.AsOf asOf -> "time";
                    case ExpectedVersion.Unconditional unconditional -> "any";
                    case ExpectedVersion.Internal internal -> "any";
                    case ExpectedVersion.Absent absent -> "none";
                };
        Long edited = expected.edited();
        return condition + (edited == null ? "" : " edited " + edited) + (merges ? " merging" : "");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
