package dev.unlost.versioning;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How text is searched and sorted: without regard to case and to how accents are composed. */
public final class SearchText {

    private SearchText() {}

    /** @return what {@code text} is sorted and searched by, in the order of its UTF-8 bytes */
    public static String key(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                // the only letter whose lower case depends on what follows, which the start of a text cannot know
                .replace('ς', 'σ');
    }

    /**
     * @return the least text, in the order of code points, that is greater than every text that starts with
     *     {@code prefix}; null if there is none
     */
    public static @Nullable String beyond(String prefix) {
        int[] codePoints = prefix.codePoints().toArray();
        for (int last = codePoints.length - 1; last >= 0; last--) {
            if (codePoints[last] < Character.MAX_CODE_POINT) {
                codePoints[last]++;
                if (codePoints[last] == Character.MIN_SURROGATE) {
                    codePoints[last] = Character.MAX_SURROGATE + 1;
                }
                return new String(codePoints, 0, last + 1);
            }
        }
        return null;
    }
}
