package dev.unlost.table.http;

import dev.unlost.http.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Reads the words that PostgREST's grammar is made of, from left to right, each character once. */
final class Scanner {

    private static final int MOST_KEYS = 10;
    private static final int MOST_ITEMS = 500;

    private final String parameter;
    private final String text;
    private int at;

    /** @param parameter what the text is the value of, for those who have to correct it */
    Scanner(String parameter, String text) {
        this.parameter = parameter;
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** @return the character to come; NUL, which no text here has, at the end */
    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    boolean take(String expected) {
        boolean there = sees(expected);
        at += there ? expected.length() : 0;
        return there;
    }

    /** @return whether that comes next */
    boolean sees(String expected) {
        return text.startsWith(expected, at);
    }

    void expect(String expected) {
        if (!take(expected)) {
            throw malformed("expected " + expected);
        }
    }

    void expectEnd() {
        if (!atEnd()) {
            throw malformed("expected the end");
        }
    }

    /** @return all that is left */
    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    ProblemException malformed(String why) {
        return Refusals.malformed(
                "failed to parse " + parameter + ": " + why + " at character " + (at + 1) + " of " + text);
    }

    /** A column and the path within it, e.g. {@code address->>city}. */
    record Path(String column, List<String> keys, boolean asText) {

        /** @return the name that a value found there has unless it is given another */
        String defaultName() {
            return keys.isEmpty() ? column : keys.getLast();
        }

        @Override
        public String toString() {
            StringBuilder path = new StringBuilder(column);
            for (int i = 0; i < keys.size(); i++) {
                path.append(asText && i == keys.size() - 1 ? "->>" : "->").append(keys.get(i));
            }
            return path.toString();
        }
    }

    Path path() {
        String column = name();
        List<String> keys = new ArrayList<>();
        boolean asText = false;
        while (!asText && take("->")) {
            asText = take(">");
            keys.add(peek() == '"' ? quoted() : key());
            if (keys.size() > MOST_KEYS) {
                throw malformed("more than " + MOST_KEYS + " keys");
            }
        }
        return new Path(column, List.copyOf(keys), asText);
    }

    /** @return a name of letters, digits and underscores, or any in quotes */
    String name() {
        if (peek() == '"') {
            return quoted();
        }
        int start = at;
        while (isNamePart(peek())) {
            at++;
        }
        if (at == start) {
            throw malformed("expected a name");
        }
        return text.substring(start, at);
    }

    private String key() {
        int start = at;
        while (isNamePart(peek()) || (peek() == '-' && !text.startsWith("->", at))) {
            at++;
        }
        if (at == start) {
            throw malformed("expected a key");
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** @return the text in quotes that comes next, in which a backslash takes the next character as it is */
    String quoted() {
        expect("\"");
        StringBuilder quoted = new StringBuilder();
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return quoted.toString();
            }
            if (c == '\\' && !atEnd()) {
                c = text.charAt(at++);
            }
            quoted.append(c);
        }
        throw malformed("expected a closing quote");
    }

    /** @return the text in quotes, or up to one of those characters or the end */
    String until(String ends) {
        if (peek() == '"') {
            return quoted();
        }
        int start = at;
        while (!atEnd() && ends.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** @return the items between the brackets, separated by commas */
    List<String> list(String open, String close) {
        expect(open);
        List<String> items = new ArrayList<>();
        if (take(close)) {
            return items;
        }
        do {
            items.add(until("," + close));
            if (items.size() > MOST_ITEMS) {
                throw malformed("more than " + MOST_ITEMS + " items");
            }
        } while (take(","));
        expect(close);
        return items;
    }
}
