package dev.unlost.http;

import dev.unlost.versioning.ExpectedVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a write says of the version it was based on, wherever it says it. A precondition is never ignored: what cannot be
 * understood or contradicts itself is refused.
 */
public final class Preconditions {

    /** What a write does, which decides what it may say. */
    enum Write {
        /** Makes a record at an id that the service chooses. */
        CREATE,
        /** Makes a record at an id that the client chooses, or replaces one. */
        PUT,
        /** Changes or deletes a record. */
        CHANGE
    }

    /**
     * The conditional headers of a request, each with its lines.
     */
    record Headers(
            List<String> ifMatch,
            List<String> ifNoneMatch,
            List<String> ifUnmodifiedSince,
            List<String> editedVersion) {

        static Headers of(HttpServletRequest request) {
            return of(name -> Collections.list(request.getHeaders(name)));
        }

        /** @return the same, of a request that creates a record at an id that the client chooses */
        Headers ofAbsent() {
            return ifNoneMatch.isEmpty() ? new Headers(ifMatch, List.of("*"), ifUnmodifiedSince, editedVersion) : this;
        }

        /** @param lines of the header of that name */
        static Headers of(Function<String, List<String>> lines) {
            return new Headers(
                    lines.apply("If-Match"),
                    lines.apply("If-None-Match"),
                    lines.apply("If-Unmodified-Since"),
                    lines.apply(EDITED_VERSION));
        }
    }

    /** Names the version that an edit began with, where the precondition names a later one. */
    static final String EDITED_VERSION = "Edited-Version";

    /** Tolerated besides the strong tag: a weak one, one that a compressing proxy has marked, and the bare number. */
    private static final Pattern IF_MATCH =
            Pattern.compile("(?:W/)?\"([1-9][0-9]{0,18})(?:-gzip)?\"|([1-9][0-9]{0,18})");

    private Preconditions() {}

    /**
     * @param bodies the objects whose members may say it
     * @return what the write says; empty where it says nothing
     * @throws ProblemException 400
     */
    static Optional<ExpectedVersion> read(Write write, Headers headers, List<ObjectNode> bodies, MemberNames names) {
        if (!headers.ifUnmodifiedSince().isEmpty()) {
            throw unsupported("If-Unmodified-Since counts whole seconds, in which a record can change many times. "
                    + carriers(names));
        }
        boolean absent = absent(write, headers.ifNoneMatch());
        boolean any = false;
        Set<Long> versions = new LinkedHashSet<>();
        Set<Instant> times = new LinkedHashSet<>();
        if (!headers.ifMatch().isEmpty()) {
            OptionalLong version = ifMatch(headers.ifMatch());
            any = version.isEmpty();
            version.ifPresent(versions::add);
        }
        for (ObjectNode body : bodies) {
            for (String name : names.versionCarriers()) {
                JsonNode node = body.get(name);
                if (node != null) {
                    versions.add(version(name, node));
                }
            }
            for (String name : names.updatedAtCarriers()) {
                JsonNode node = body.get(name);
                if (node != null) {
                    times.add(updatedAt(name, node));
                }
            }
        }
        Long edited = edited(headers);
        if (write == Write.CREATE) {
            if (any || !versions.isEmpty() || !times.isEmpty() || edited != null) {
                throw malformed("A record that does not exist yet has no version.");
            }
            return Optional.of(ExpectedVersion.ABSENT);
        }
        boolean named = !versions.isEmpty() || !times.isEmpty();
        if (versions.size() > 1 || times.size() > 1 || (any && named) || (absent && (any || named))) {
            throw Problem.of(ProblemType.PRECONDITION_MISMATCH).exception();
        }
        if (absent) {
            if (edited != null) {
                throw malformed("A record that does not exist yet has no version.");
            }
            return Optional.of(ExpectedVersion.ABSENT);
        }
        if (any) {
            return Optional.of(new ExpectedVersion.Unconditional(edited));
        }
        if (!versions.isEmpty()) {
            long version = versions.iterator().next();
            if (edited != null && edited > version) {
                throw Problem.of(
                                ProblemType.PRECONDITION_MISMATCH,
                                EDITED_VERSION
                                        + " names a later version than the one that the change is to be applied to.")
                        .exception();
            }
            return Optional.of(new ExpectedVersion.Exactly(
                    version, times.isEmpty() ? null : times.iterator().next(), edited));
        }
        return times.stream()
                .<ExpectedVersion>map(time -> new ExpectedVersion.AsOf(time, edited))
                .findFirst();
    }

    /** @return the version that the edit began with; null where the write does not say */
    static @Nullable Long edited(Headers headers) {
        if (headers.editedVersion().isEmpty()) {
            return null;
        }
        return number(EDITED_VERSION, headers.editedVersion())
                .orElseThrow(() -> malformed(EDITED_VERSION + " must be one version in quotes, such as \"5\"."));
    }

    /** @throws ProblemException 428; it does not tell the current version, which would only be copied into a retry */
    static ProblemException required(MemberNames names) {
        return Problem.of(
                        ProblemType.PRECONDITION_REQUIRED,
                        "The change does not say which version it was based on. " + carriers(names))
                .exception();
    }

    /** @throws ProblemException 400 if a read carries a precondition that only a write can have */
    public static void refuseOnRead(HttpServletRequest request) {
        refuseOnRead(Headers.of(request));
    }

    static void refuseOnRead(Headers headers) {
        if (!headers.ifMatch().isEmpty() || !headers.ifUnmodifiedSince().isEmpty()) {
            throw unsupported("If-Match and If-Unmodified-Since are for writes; a read takes If-None-Match.");
        }
    }

    private static boolean absent(Write write, List<String> ifNoneMatch) {
        if (ifNoneMatch.isEmpty()) {
            return false;
        }
        if (ifNoneMatch.size() > 1 || !ifNoneMatch.getFirst().strip().equals("*")) {
            throw malformed("The only If-None-Match that a write may have is *.");
        }
        if (write == Write.CHANGE) {
            throw malformed("If-None-Match: * is for PUT, which then creates the record.");
        }
        return true;
    }

    /** @return empty for {@code *} */
    private static OptionalLong ifMatch(List<String> lines) {
        if (lines.size() == 1 && lines.getFirst().strip().equals("*")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number("If-Match", lines)
                .orElseThrow(() -> malformed("If-Match must be one version in quotes, such as \"7\", or *.")));
    }

    /** @return empty where the header is no version */
    private static Optional<Long> number(String header, List<String> lines) {
        if (lines.size() > 1) {
            throw malformed("There is more than one " + header + " header; a change is based on one version.");
        }
        Matcher matcher = IF_MATCH.matcher(lines.getFirst().strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)));
        } catch (NumberFormatException e) {
            throw malformed("The version in " + header + " is too large.");
        }
    }

    private static long version(String name, JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 1) {
            return node.longValue();
        }
        throw malformed(name + " must be a whole number from 1.");
    }

    private static Instant updatedAt(String name, JsonNode node) {
        if (node.isString()) {
            Optional<Instant> time = Times.parse(node.stringValue());
            if (time.isPresent()) {
                return time.get();
            }
        }
        throw malformed(name + " must be the time exactly as it was read, such as 2026-11-22T10:15:30.123456Z.");
    }

    private static String carriers(MemberNames names) {
        return "Send the header If-Match: \"<version>\", or in the body " + names.version() + " or " + names.updatedAt()
                + ", as they were read.";
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(ProblemType.PRECONDITION_MALFORMED, detail).exception();
    }

    private static ProblemException unsupported(String detail) {
        return Problem.of(ProblemType.PRECONDITION_UNSUPPORTED, detail).exception();
    }
}
