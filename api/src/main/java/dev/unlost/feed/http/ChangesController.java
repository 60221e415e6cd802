package dev.unlost.feed.http;

import dev.unlost.feed.Feed;
import dev.unlost.feed.FeedFilter;
import dev.unlost.feed.FeedPage;
import dev.unlost.feed.FeedRequest;
import dev.unlost.feed.FeedStart;
import dev.unlost.feed.MalformedCursor;
import dev.unlost.feed.http.FeedStream.End;
import dev.unlost.http.Answer;
import dev.unlost.http.Problem;
import dev.unlost.http.ProblemType;
import dev.unlost.http.QueryParameters;
import dev.unlost.http.Refuses;
import dev.unlost.http.RequestOrigin;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code /api/changes}: a stream of the factory's changes, or a page of them. */
@Controller
@EnableConfigurationProperties(StreamSettings.class)
@Tag(name = "changes", description = "Who changed what, as it happens, without a gap")
class ChangesController {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final Set<String> OF_STREAMS = Set.of("since", "type", "id");
    private static final Set<String> OF_PAGES = Set.of("since", "type", "id", "limit");

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_ID_LENGTH = 200;

    /** Nobody on the way may keep it, or hold it back. */
    private static final Map<String, String> HEADERS =
            Map.of(HttpHeaders.CACHE_CONTROL, "no-store", "X-Accel-Buffering", "no");

    private final Feed feed;
    private final FeedStreams streams;
    private final StreamAccess access;
    private final StreamSettings settings;

    ChangesController(Feed feed, FeedStreams streams, StreamAccess access, StreamSettings settings) {
        this.feed = feed;
        this.streams = streams;
        this.access = access;
        this.settings = settings;
    }

    @GetMapping(
            path = "/api/changes",
            produces = {MediaType.TEXT_EVENT_STREAM_VALUE, MediaType.APPLICATION_JSON_VALUE})
    @Operation(
            operationId = "changes",
            summary = "Follows the changes of the factory's records",
            description = "A stream of events (change, synced, heartbeat, reset), or, with Accept: application/json, a "
                    + "page. Each change once, in the order of the log, none missing: per record the versions are "
                    + "1, 2, 3, …",
            responses = @ApiResponse(responseCode = "200", ref = "#/components/responses/Changes"),
            parameters = {
                @Parameter(
                        name = LAST_EVENT_ID,
                        in = ParameterIn.HEADER,
                        description = "The id of the last event that was seen; goes before since",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "since",
                        in = ParameterIn.QUERY,
                        description = "A cursor (an event's id or a page's next) to go on after; 0 is the beginning; "
                                + "none or empty is now",
                        allowEmptyValue = true,
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "type",
                        in = ParameterIn.QUERY,
                        description = "Only records of this type",
                        schema = @Schema(type = "string", example = "customer")),
                @Parameter(
                        name = "id",
                        in = ParameterIn.QUERY,
                        description = "Only the record of this id",
                        schema = @Schema(type = "string", maxLength = MAX_ID_LENGTH)),
                @Parameter(
                        name = "limit",
                        in = ParameterIn.QUERY,
                        description = "The most changes of a page; not for streams",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
            })
    @Refuses({ProblemType.MALFORMED_QUERY, ProblemType.FEED_RESET, ProblemType.TOO_MANY_STREAMS})
    @Nullable
    Answer changes(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        boolean page = prefersPage(request);
        QueryParameters parameters =
                QueryParameters.parse(request.getQueryString(), page ? OF_PAGES : OF_STREAMS, Set.of("since"));
        int limit = parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        FeedFilter filter = filter(parameters);
        try {
            FeedRequest wanted =
                    new FeedRequest(RequestOrigin.of(request).factoryId(), start(request, parameters), filter);
            if (page) {
                return page(wanted, limit);
            }
            if (request.getMethod().equals("HEAD")) {
                response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
                return new Answer(200, HEADERS, null);
            }
            stream(wanted, request, response);
            return null;
        } catch (MalformedCursor e) {
            throw Problem.of(
                            ProblemType.MALFORMED_QUERY,
                            "The place to go on after must be the id of an event or the next of a page of this feed.")
                    .withCode("malformed-cursor")
                    .exception();
        }
    }

    private Answer page(FeedRequest wanted, int limit) {
        FeedPage page = feed.page(wanted, limit);
        if (page.reset() != null) {
            throw Problem.of(ProblemType.FEED_RESET)
                    .with("reason", StringNode.valueOf(page.reset().word()))
                    .with("next", StringNode.valueOf(page.next()))
                    .exception();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        page.items().forEach(item -> items.add(FeedFrames.json(item.change())));
        body.put("next", page.next());
        return new Answer(200, HEADERS, body);
    }

    private void stream(FeedRequest wanted, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        FeedStream stream = streams.admit(wanted.factoryId(), access.current());
        boolean taken = false;
        try {
            stream.read(feed.open(wanted, stream::signal));
            StreamSocket socket = request.upgrade(StreamSocket.class);
            stream.writeTo(socket, settings.writeTimeout().toMillis());
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setHeader(HttpHeaders.CONNECTION, "close");
            HEADERS.forEach(response::setHeader);
            response.flushBuffer();
            taken = true;
        } finally {
            if (!taken) {
                stream.end(End.NOT_OPENED);
            }
        }
    }

    private FeedFilter filter(QueryParameters parameters) {
        Optional<String> type = parameters.get("type");
        if (type.isPresent() && !feed.types().contains(type.get())) {
            throw QueryParameters.malformed("The parameter type must be one of "
                    + String.join(", ", feed.types().stream().sorted().toList()) + ".");
        }
        return new FeedFilter(type.orElse(null), parameters.text("id", MAX_ID_LENGTH));
    }

    private static FeedStart start(HttpServletRequest request, QueryParameters parameters) {
        List<String> lastEventIds = Collections.list(request.getHeaders(LAST_EVENT_ID));
        if (lastEventIds.size() > 1) {
            throw new MalformedCursor();
        }
        String place = lastEventIds.isEmpty() ? "" : lastEventIds.getFirst();
        if (place.isEmpty()) {
            place = parameters.get("since").orElse("");
        }
        return switch (place) {
            case "" -> FeedStart.NOW;
            case "0" -> FeedStart.BEGINNING;
            default -> new FeedStart.After(place);
        };
    }

    private static boolean prefersPage(HttpServletRequest request) {
        List<MediaType> accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        Preference page = Preference.of(MediaType.APPLICATION_JSON, accepted);
        Preference stream = Preference.of(MediaType.TEXT_EVENT_STREAM, accepted);
        return page.compareTo(stream) > 0;
    }

    /** How much a media type is wanted: by its quality, and then by how exactly it was named (RFC 9110, section 12.5.1). */
    private record Preference(double quality, int exactness) implements Comparable<Preference> {

        static Preference of(MediaType offered, List<MediaType> accepted) {
            return accepted.stream()
                    .filter(range -> range.includes(offered))
                    .map(range -> new Preference(
                            range.getQualityValue(), range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2))
                    .max(Comparator.comparingInt(Preference::exactness))
                    .orElse(new Preference(accepted.isEmpty() ? 1 : 0, 0));
        }

        @Override
        public int compareTo(Preference other) {
            return Comparator.comparingDouble(Preference::quality)
                    .thenComparingInt(Preference::exactness)
                    .compare(this, other);
        }
    }
}
