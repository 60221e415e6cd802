package dev.unlost.feed.query;

import dev.unlost.feed.FeedStart;
import dev.unlost.feed.MalformedCursor;
import dev.unlost.feed.ResetReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes cursors of places in the log, and places of cursors.
 *
 * <p>A place holds transaction ids and indexes that count the work of all factories, so it is encrypted: a factory
 * learns nothing of the others from its cursors, not even whether two of them name the same place.
 *
 * <p>The layout: one byte of format; 8 of the log's epoch; 12 of nonce; then, under AES-GCM (NIST SP 800-38D), 8 that
 * stand for the factory, 8 of transaction id and 8 of index; its tag of 16; and a CRC-32C of all that, which tells a
 * cursor of another log from text that is no cursor.
 */
final class CursorSeal {

    private static final byte FORMAT = 1;
    private static final int EPOCH = 8;
    private static final int NONCE = 12;
    private static final int SEALED = 3 * Long.BYTES;
    private static final int TAG = 16;
    private static final int LENGTH = 1 + EPOCH + NONCE + SEALED + TAG + Integer.BYTES;
    private static final int TEXT_LENGTH = (LENGTH * 4 + 2) / 3;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] epoch;
    private final SecretKey key;

    /**
     * @param epoch whatever together tells this log from every other
     * @param key at least 16 bytes that nobody can guess
     */
    CursorSeal(String epoch, byte[] key) {
        this.epoch = Arrays.copyOf(sha256(epoch.getBytes(StandardCharsets.UTF_8)), EPOCH);
        this.key = new SecretKeySpec(sha256(key), "AES");
    }

    boolean isOfSameLog(CursorSeal other) {
        return Arrays.equals(epoch, other.epoch) && key.equals(other.key);
    }

    String cursor(String factoryId, Position position) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        byte[] plain = ByteBuffer.allocate(SEALED)
                .putLong(mark(factoryId))
                .putLong(position.transaction())
                .putLong(position.index())
                .array();
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.put(FORMAT).put(epoch).put(nonce).put(cipher(Cipher.ENCRYPT_MODE, nonce, plain));
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** What a cursor says. */
    sealed interface Opened {

        /** It names a place of the factory's. */
        record At(Position position) implements Opened {}

        /** It was given out elsewhere. */
        record Elsewhere(ResetReason reason) implements Opened {}
    }

    /** @throws MalformedCursor if no feed ever gave this out */
    Opened open(String factoryId, FeedStart.After after) {
        byte[] bytes = decode(after.cursor());
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length != LENGTH
                || buffer.get() != FORMAT
                || buffer.getInt(LENGTH - Integer.BYTES) != checksum(bytes)
                // one place has one text: the unused bits of the last character are zero
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(bytes)
                        .equals(after.cursor())) {
            throw new MalformedCursor();
        }
        byte[] theirEpoch = new byte[EPOCH];
        byte[] nonce = new byte[NONCE];
        byte[] sealed = new byte[SEALED + TAG];
        buffer.get(theirEpoch).get(nonce).get(sealed);
        if (!Arrays.equals(theirEpoch, epoch)) {
            return new Opened.Elsewhere(ResetReason.FOREIGN);
        }
        ByteBuffer plain = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, nonce, sealed));
        return plain.getLong() == mark(factoryId)
                ? new Opened.At(new Position(plain.getLong(), plain.getLong()))
                : new Opened.Elsewhere(ResetReason.FOREIGN);
    }

    private static byte[] decode(String text) {
        if (text.length() != TEXT_LENGTH) {
            throw new MalformedCursor();
        }
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedCursor();
        }
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
            cipher.updateAAD(epoch);
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw new MalformedCursor();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, LENGTH - Integer.BYTES);
        return (int) checksum.getValue();
    }

    private static long mark(String factoryId) {
        return ByteBuffer.wrap(sha256(factoryId.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
