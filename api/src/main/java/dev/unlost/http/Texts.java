package dev.unlost.http;

/** Text that came from outside. */
final class Texts {

    private static final int MAX_PRINTED = 400;

    private Texts() {}

    /** @return whether the text holds nothing but characters that can be stored and shown on one line */
    static boolean isLine(String text) {
        return text.codePoints().allMatch(Texts::isPrintable);
    }

    /** @return the text, at most 400 characters of it, with a replacement for each that could not be shown or encoded */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(MAX_PRINTED)
                .map(c -> isPrintable(c) ? c : 0xFFFD)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
