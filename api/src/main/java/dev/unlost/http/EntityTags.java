package dev.unlost.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions as entity tags (RFC 9110 section 8.8.3). */
final class EntityTags {

    private static final Pattern LIST_MEMBER =
            Pattern.compile("[ \\t,]*(?:W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"[ \\t]*(?=,|$)");

    private EntityTags() {}

    /** @return the strong tag, e.g. {@code "7"} */
    static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * @param ifNoneMatch the header's lines
     * @return whether the reader has that version already: compared weakly (RFC 9110 section 13.1.2). A list that cannot
     *     be read names nothing, which costs a transfer and no more
     */
    static boolean anyMatches(List<String> ifNoneMatch, long version) {
        String list = String.join(",", ifNoneMatch).strip();
        if (list.equals("*")) {
            return true;
        }
        Matcher members = LIST_MEMBER.matcher(list);
        boolean matches = false;
        int end = 0;
        while (end < list.length()) {
            if (!members.region(end, list.length()).lookingAt()) {
                return matches && list.substring(end).chars().allMatch(c -> c == ',' || c == ' ' || c == '\t');
            }
            String tag = members.group(1);
            matches |= tag.equals(Long.toString(version)) || tag.equals(version + "-gzip");
            end = members.end();
        }
        return matches;
    }
}
