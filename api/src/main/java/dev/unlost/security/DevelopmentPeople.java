package dev.unlost.security;

import dev.unlost.http.Answer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whom one can be without thinking of somebody: people and factories to choose from, in the development profile only. */
@Controller
@Profile("dev")
@Tag(name = "development", description = "Not there in production")
@SecurityRequirements
class DevelopmentPeople {

    private static final List<String> NICKNAMES = List.of("Ann", "Bob", "Dina", "Kenji");

    /** The first has the sample data; the other is empty. */
    private static final List<String> FACTORIES = List.of("northwind", "contoso");

    @GetMapping(path = "/dev/people", produces = "application/json")
    @Operation(summary = "People and factories to try the service with", operationId = "listSamplePeople")
    @ApiResponse(
            responseCode = "200",
            description = "All of them; others can have a token, too",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(ref = "#/components/schemas/SamplePeople")))
    Answer list() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode people = answer.putArray("people");
        for (String nickname : NICKNAMES) {
            String sub = nickname.toLowerCase(Locale.ROOT);
            people.addObject().put("sub", sub).put("nickname", nickname).put("email", sub + "@example.com");
        }
        FACTORIES.forEach(answer.putArray("factories")::add);
        return new Answer(200, Map.of("Cache-Control", "no-store"), answer);
    }
}
