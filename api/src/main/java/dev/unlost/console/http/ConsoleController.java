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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            return answer(path, file.get(), accepts(request, HttpHeaders.ACCEPT_ENCODING, "gzip"));
        }
        if (path.startsWith(HASHED) || !accepts(request, HttpHeaders.ACCEPT, MediaType.TEXT_HTML_VALUE)) {
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

    private static boolean accepts(HttpServletRequest request, String header, String value) {
        List<String> said = Collections.list(request.getHeaders(header));
        return said.stream().anyMatch(values -> values.contains(value));
    }
}
