package dev.unlost.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page of a list ended, as clients carry it around: opaque, and good only for the order it was given out for.
 *
 * @param order the list's order, e.g. {@code -updatedAt}
 * @param value of the field that the list is ordered by
 * @param id of the last record
 */
public record Cursor(String order, String value, String id) {

    private static final int MAX_LENGTH = 8192;

    /** @return the text that {@link #parse} takes, of the URL-safe alphabet of RFC 4648 */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((order + "\n" + id + "\n" + value).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws ProblemException {@link ProblemType#MALFORMED_QUERY} if this is nothing that was given out for this order
     */
    public static Cursor parse(String text, String order) {
        try {
            if (text.length() <= MAX_LENGTH) {
                String[] parts = StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                        .toString()
                        .split("\n", -1);
                if (parts.length == 3 && Texts.isLine(parts[1]) && Texts.isLine(parts[2])) {
                    Cursor cursor = new Cursor(parts[0], parts[2], parts[1]);
                    if (cursor.order().equals(order) && cursor.toString().equals(text)) {
                        return cursor;
                    }
                }
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed();
        }
        throw malformed();
    }

    /** @return the refusal of a cursor that was not given out here */
    public static ProblemException malformed() {
        return QueryParameters.malformed(
                "The parameter after must be the next of a page of the same list in the same order.");
    }
}
