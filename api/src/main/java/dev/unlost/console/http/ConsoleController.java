package dev.unlost.console.http;

import dev.unlost.http.Answer;
import dev.unlost.http.Problem;
import dev.unlost.http.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Serves the console. Whoever it is for signs in there; the pages themselves are everybody's. */
@Controller
@Tag(name = "console", description = "What the console in the browser is told")
@SecurityRequirements
class ConsoleController {

    private static final String ROOT = "/console/";

    /** Files whose names change with what is in them. */
    private static final String HASHED = "assets/";

    private static final Duration FOR_EVER = Duration.ofDays(365);

    /** A coding, and how much it is wanted, where that is said. */
    private static final Pattern CODING =
            Pattern.compile("\\s*([^\\s;]+)\\s*(?:;\\s*q=([0-9.]+)\\s*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern NOT_AT_ALL = Pattern.compile("0(\\.0*)?");

    private final SignIn signIn;
    private final ConsoleFiles files;
    private final ConsolePage page;

    ConsoleController(SignIn signIn, ConsoleFiles files, ConsolePage page) {
        this.signIn = signIn;
        this.files = files;
        this.page = page;
    }

    @GetMapping(path = "/console/settings.json", produces = "application/json")
    @Operation(summary = "How one signs in to the console", operationId = "getConsoleSettings")
    @ApiResponse(
            responseCode = "200",
            description = "By saying who one is, in the development profile; otherwise at an issuer",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/ConsoleSettings")))
    Answer settings() {
        return new Answer(200, Map.of("Cache-Control", "no-store"), signIn.json());
    }

    @Hidden
    @GetMapping({"/", "/console"})
    ResponseEntity<Void> toTheConsole() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(ROOT))
                .build();
    }

    /** What is no file is a place within the console, where a browser asks for a page. */
    @Hidden
    @GetMapping(ROOT + "**")
    ResponseEntity<Resource> file(HttpServletRequest request) {
        String path = request.getRequestURI().substring(ROOT.length());
        if (path.isEmpty() || path.equals("index.html")) {
            return page.answer();
        }
        Optional<Resource> file = files.file(path);
        if (file.isPresent()) {
            return answer(path, file.get(), takesGzip(request));
        }
        if (path.startsWith(HASHED) || !takesPages(request)) {
            throw Problem.of(ProblemType.NOT_FOUND).exception();
        }
        return page.answer();
    }

    private ResponseEntity<Resource> answer(String path, Resource file, boolean compress) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .cacheControl(
                        path.startsWith(HASHED)
                                ? CacheControl.maxAge(FOR_EVER).cachePublic().immutable()
                                : CacheControl.noCache());
        Optional<Resource> compressed = files.compressed(path);
        if (compressed.isEmpty()) {
            return answer.body(file);
        }
        answer.varyBy(HttpHeaders.ACCEPT_ENCODING);
        return compress
                ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(compressed.get())
                : answer.body(file);
    }

    private static boolean takesPages(HttpServletRequest request) {
        return said(request, HttpHeaders.ACCEPT).anyMatch(values -> values.contains(MediaType.TEXT_HTML_VALUE));
    }

    /** RFC 9110, section 12.5.3: what is said of gzip decides; where nothing is, what is said of all others. */
    private static boolean takesGzip(HttpServletRequest request) {
        boolean others = false;
        for (String said : said(request, HttpHeaders.ACCEPT_ENCODING)
                .flatMap(values -> Stream.of(values.split(",", -1)))
                .toList()) {
            Matcher coding = CODING.matcher(said);
            if (coding.matches()) {
                boolean taken = coding.group(2) == null
                        || !NOT_AT_ALL.matcher(coding.group(2)).matches();
                switch (coding.group(1).toLowerCase(Locale.ROOT)) {
                    case "gzip", "x-gzip" -> {
                        return taken;
                    }
                    case "*" -> others = taken;
                    default -> {}
                }
            }
        }
        return others;
    }

    private static Stream<String> said(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream();
    }
}
