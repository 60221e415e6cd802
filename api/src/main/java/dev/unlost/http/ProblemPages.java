package dev.unlost.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages that problems point to. */
@RestController
@Tag(name = "problems", description = "What errors mean and what to do about them")
@SecurityRequirements
class ProblemPages {

    @GetMapping("/problems")
    @Operation(summary = "All kinds of problems, as a page", operationId = "listProblems")
    ResponseEntity<byte[]> all() {
        StringBuilder list = new StringBuilder("<dl>\n");
        for (ProblemType type : ProblemType.values()) {
            list.append("<dt>%d <a href=\"%s\">%s</a></dt><dd>%s</dd>\n"
                    .formatted(type.status(), type.uri(), escape(type.title()), escape(type.meaning())));
        }
        return page("Problems", list.append("</dl>\n").toString());
    }

    @GetMapping("/problems/{slug}")
    @Operation(summary = "One kind of problem, as a page", operationId = "getProblem")
    ResponseEntity<byte[]> one(@PathVariable String slug) {
        ProblemType type = ProblemType.ofSlug(slug)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "There is no such kind of problem.")
                        .exception());
        return page(type.title(), """
                <p>Status %d, code <code>%s</code></p>
                <p>%s</p>
                <h2>What to do</h2>
                <p>%s</p>
                <p><a href="/problems">All problems</a></p>
                """.formatted(
                        type.status(), escape(type.code()), escape(type.meaning()), escape(type.remedy())));
    }

    private static ResponseEntity<byte[]> page(String title, String content) {
        String html = """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s · Unlost</title></head>
                <body>
                <h1>%1$s</h1>
                %2$s</body>
                </html>
                """.formatted(escape(title), content);
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
