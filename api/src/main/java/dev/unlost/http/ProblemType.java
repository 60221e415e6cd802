package dev.unlost.http;

import java.util.Arrays;
import java.util.Optional;

/**
 * Every kind of error answer there is. Clients may rely on slug, code and status; the texts are for people.
 */
public enum ProblemType {
    MALFORMED_REQUEST(
            "malformed-request",
            "Malformed request",
            400,
            "The request's line, headers or path are not valid HTTP, or hold characters that are not accepted.",
            "Correct the request. Sending it again unchanged will not help."),
    MALFORMED_BODY(
            "malformed-body",
            "Malformed body",
            400,
            "The body is not one JSON object in UTF-8: it is empty, breaks off, holds a member twice, is nested more "
                    + "than 50 deep, or something follows it.",
            "Send one JSON object (RFC 8259), each member once."),
    MALFORMED_QUERY(
            "malformed-query",
            "Malformed query",
            400,
            "A query parameter is unknown, given twice, out of range or cannot be decoded. Parameters are never "
                    + "ignored, as a misspelt filter would answer with records nobody asked for.",
            "Use the parameters that the API's description names, each once. A cursor (after) holds only for the sort "
                    + "order it was given out for."),
    PRECONDITION_MALFORMED(
            "precondition-malformed",
            "Malformed precondition",
            400,
            "The request says which version it was based on, but not in a form that can be understood. A precondition "
                    + "is never ignored.",
            "Send exactly one version: the header If-Match: \"7\", or in the body \"version\": 7, or \"updatedAt\" "
                    + "exactly as it was read. A new record has no version; PUT with If-None-Match: * creates one."),
    PRECONDITION_MISMATCH(
            "precondition-mismatch",
            "Contradictory preconditions",
            400,
            "The request says in two places which version it was based on, and the two disagree.",
            "Send the version once, or the same in both places."),
    PRECONDITION_UNSUPPORTED(
            "precondition-unsupported",
            "Unsupported precondition",
            400,
            "The request carries a precondition that cannot keep an edit from being lost: If-Unmodified-Since has a "
                    + "resolution of one second, in which a record can change many times.",
            "Use the header If-Match: \"7\", or in the body \"version\": 7, or \"updatedAt\" exactly as it was read. "
                    + "To read only what changed, use If-None-Match."),
    IDEMPOTENCY_KEY_MALFORMED(
            "idempotency-key-malformed",
            "Malformed idempotency key",
            400,
            "The header Idempotency-Key is not one text of 1 to 255 printable ASCII characters.",
            "Send one such key, a random UUID for example, and the same one again whenever the request is repeated."),
    UNAUTHENTICATED(
            "unauthenticated",
            "No valid token",
            401,
            "The request carries no access token, or one that is expired, of another issuer or audience, or not valid.",
            "Send a current access token: Authorization: Bearer …"),
    FORBIDDEN(
            "insufficient-scope",
            "Missing scope",
            403,
            "The access token is valid, but lacks the scope that this request needs.",
            "Ask for a token with the scope records:read to read, records:write to write."),
    ORIGIN_NOT_ALLOWED(
            "origin-not-allowed",
            "Origin not allowed",
            403,
            "A page of another origin asked, and whoever runs this service has not allowed that origin, or not this way of "
                    + "asking.",
            "Use a page of this service, or have the page's origin added to unlost.origins.allowed. Where this page is "
                    + "the service's own, the proxy in front of it does not say which origin it stands for."),
    NOT_FOUND(
            "not-found",
            "Not found",
            404,
            "There is nothing at this path, or no such record in your factory, or it never had the version asked for.",
            "Check the id and the path. Records of other factories look exactly like records that do not exist."),
    METHOD_NOT_ALLOWED(
            "method-not-allowed",
            "Method not allowed",
            405,
            "The path exists, but not with this method.",
            "The Allow header names the methods that work here."),
    NOT_ACCEPTABLE(
            "not-acceptable",
            "Not acceptable",
            406,
            "The Accept header excludes every media type that this path can answer with.",
            "Accept application/json."),
    REQUEST_TIMEOUT(
            "request-timeout",
            "Request too slow",
            408,
            "The body did not arrive in time. The request was not carried out.",
            "Send it again, over a faster connection or in smaller parts."),
    VERSION_CONFLICT(
            "version-conflict",
            "Edit conflict",
            409,
            "OPTIMISTIC_LOCK_CONFLICT",
            "The change was based on another version of the record than the one that is there now. It was not made, so "
                    + "that nobody's edit gets lost. The body says who changed what since.",
            "Look at the changes, decide, and send the edit again based on the current version, which is in the body. "
                    + "The reason is stale (changed since), deleted (deleted since), ahead (that version does not exist "
                    + "yet) or exists (the id is taken)."),
    IDEMPOTENCY_IN_PROGRESS(
            "idempotency-in-progress",
            "Still running",
            409,
            "A request with the same Idempotency-Key is being worked on, here or on another node. Whether it will be "
                    + "accepted is not known yet.",
            "Send the request again, unchanged and under the same key, after the seconds that Retry-After names: it will "
                    + "be answered with what the first one led to."),
    DELETED(
            "deleted",
            "Deleted",
            410,
            "The record was deleted. The body says when and by whom. Its id is never used again.",
            "Stop asking for it. Its history stays, and POST …/restore brings it back."),
    FEED_RESET(
            "feed-reset",
            "Cursor out of date",
            410,
            "The cursor names no place in this feed any more: it was given out for another database or factory, or for "
                    + "this database before it was restored, or what came after it is no longer kept. The body says "
                    + "which (reason: foreign, future or gone) and where the feed is now (next).",
            "Keep next, read all records again, and follow the feed from next on. A change that was read already has a "
                    + "version that you know."),
    BODY_TOO_LARGE(
            "body-too-large",
            "Body too large",
            413,
            "The body is larger than 1 MiB.",
            "Send less, or in several requests."),
    URI_TOO_LONG(
            "uri-too-long", "Address too long", 414, "The address of the request is too long.", "Shorten the query."),
    RANGE_NOT_SATISFIABLE(
            "range-not-satisfiable",
            "Range not satisfiable",
            416,
            "The rows asked for by Range, or by limit and offset, begin after they end, or after the last there is.",
            "Ask for rows from 0 on; Content-Range tells how many there are where they are counted."),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type",
            "Unsupported media type",
            415,
            "The body is not of a media type, charset or encoding that this path reads.",
            "Send application/json in UTF-8, not compressed; PATCH takes application/merge-patch+json too."),
    VALIDATION_FAILED(
            "validation-failed",
            "Invalid values",
            422,
            "At least one member of the body is unknown, of the wrong type or out of range. Unknown members are refused "
                    + "and not dropped, as an edit would silently get lost with them.",
            "Correct what errors names: field, code and message of each."),
    READ_ONLY(
            "read-only",
            "Read-only member",
            422,
            "The body gives a read-only member another value than the record has. Sending back what was read is fine.",
            "Leave the member out, or send what the record has."),
    IDEMPOTENCY_KEY_REUSED(
            "idempotency-key-reused",
            "Idempotency key used before",
            422,
            "You have used the same Idempotency-Key before, for a request that asked for something else and was accepted. "
                    + "A key stands for one request, for ever.",
            "Use a new key for a new request, such as a random UUID."),
    RULE_VIOLATED(
            "rule-violated",
            "Rule violated",
            422,
            "The change would break a rule that depends on the record's state or on that of other records. The code "
                    + "names the rule.",
            "See errors and detail; change the request or the records in its way."),
    PRECONDITION_REQUIRED(
            "precondition-required",
            "Version required",
            428,
            "The change does not say which version of the record it was based on, so somebody else's edit could be "
                    + "lost.",
            "Read the record and send what you read with the change: the header If-Match: \"7\", or in the body "
                    + "\"version\": 7 or \"updatedAt\". If-Match: * changes the record whatever its version."),
    TOO_MANY_REQUESTS(
            "too-many-requests",
            "Too many requests",
            429,
            "You, or all of your factory together, have sent more requests than are served in a time. The request was not "
                    + "carried out.",
            "Send it again after the seconds that Retry-After names, and fewer at a time."),
    TOO_MANY_STREAMS(
            "too-many-streams",
            "Too many streams",
            429,
            "This node, or your factory on this node, has as many open streams of changes as are allowed.",
            "Close streams that are not needed, or try again after the seconds that Retry-After names. A page of changes "
                    + "(Accept: application/json) needs no stream."),
    HEADERS_TOO_LARGE(
            "headers-too-large",
            "Headers too large",
            431,
            "The headers of the request are too large.",
            "Send fewer or shorter headers."),
    INTERNAL_ERROR(
            "internal-error",
            "Internal error",
            500,
            "Something went wrong that is not the request's fault. It is in the service's log under the answer's "
                    + "X-Request-Id.",
            "Whether a change was made is not known: send it again with the same version; it will be made at most once."),
    BUSY(
            "busy",
            "Busy",
            503,
            "Too many others changed the same record at once. The change was not made.",
            "Send it again after the seconds that Retry-After names."),
    UNAVAILABLE(
            "unavailable",
            "Unavailable",
            503,
            "Something that the service depends on cannot be reached or has no room right now.",
            "Send it again, with the same version, after the seconds that Retry-After names; it will be made at most "
                    + "once.");

    private final String slug;
    private final String title;
    private final int status;
    private final String code;
    private final String meaning;
    private final String remedy;

    ProblemType(String slug, String title, int status, String meaning, String remedy) {
        this(slug, title, status, slug, meaning, remedy);
    }

    ProblemType(String slug, String title, int status, String code, String meaning, String remedy) {
        this.slug = slug;
        this.title = title;
        this.status = status;
        this.code = code;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** @return the name in addresses, {@code [a-z-]+} */
    public String slug() {
        return slug;
    }

    public String title() {
        return title;
    }

    /** @return the HTTP status, 400 to 599 */
    public int status() {
        return status;
    }

    /** @return what programs tell problems apart by */
    public String code() {
        return code;
    }

    /** @return what has happened, for people */
    public String meaning() {
        return meaning;
    }

    /** @return what to do about it, for people */
    public String remedy() {
        return remedy;
    }

    /** @return the relative reference that answers give as their {@code type}, and that has a readable page */
    public String uri() {
        return "/problems/" + slug;
    }

    static Optional<ProblemType> ofSlug(String slug) {
        return Arrays.stream(values()).filter(type -> type.slug.equals(slug)).findFirst();
    }

    /** @return what to answer with where nothing but an HTTP status is known */
    static ProblemType ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 416 -> RANGE_NOT_SATISFIABLE;
            case 429 -> TOO_MANY_REQUESTS;
            case 431 -> HEADERS_TOO_LARGE;
            // what a request asks of HTTP that is not spoken here is no failure of the service
            case 501, 505 -> MALFORMED_REQUEST;
            case 503 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
        };
    }
}
