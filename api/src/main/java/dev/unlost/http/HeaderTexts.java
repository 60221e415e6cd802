package dev.unlost.http;

import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * What names and values of headers may be made of: what {@link StrictHttpFirewall#ALLOWED_HEADER_NAMES} and
 * {@link StrictHttpFirewall#ALLOWED_HEADER_VALUES} say by regular expressions, which are matched each time that a header
 * is asked for, against whole tokens too.
 */
final class HeaderTexts {

    private HeaderTexts() {}

    static boolean isName(String text) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (!isPrintable(character)) {
                return false;
            }
            i += Character.charCount(character);
        }
        return true;
    }

    static boolean isValue(String text) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (!isPrintable(character) && character != '\t') {
                return false;
            }
            i += Character.charCount(character);
        }
        return true;
    }

    private static boolean isPrintable(int character) {
        return (character >= ' ' && character <= '~')
                || (Character.isDefined(character) && !Character.isISOControl(character));
    }
}
