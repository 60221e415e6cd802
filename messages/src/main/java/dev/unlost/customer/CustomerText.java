package dev.unlost.customer;

import java.text.Normalizer;
import java.util.Locale;

/** How names and addresses are compared: without regard to case and to how accents are composed. */
public final class CustomerText {

    private CustomerText() {}

    /** @return what {@code text} is sorted and searched by, in the order of its UTF-8 bytes */
    public static String sortKey(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                // the only letter whose lower case depends on what follows, which the start of a text cannot know
                .replace('ς', 'σ');
    }
}
