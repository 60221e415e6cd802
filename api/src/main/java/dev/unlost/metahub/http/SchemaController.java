package dev.unlost.metahub.http;

import dev.unlost.http.Answer;
import dev.unlost.http.ProblemType;
import dev.unlost.http.QueryParameters;
import dev.unlost.http.RecordReads;
import dev.unlost.http.Refuses;
import dev.unlost.metahub.CatalogSchema;
import dev.unlost.metahub.MetahubQuery.CatalogShape;
import dev.unlost.metahub.MetahubQuery.DescribeCatalog;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a catalog's attributes say of its elements, for programs. */
@Controller
@Tag(name = "catalogs")
class SchemaController {

    private final RecordReads reads;

    SchemaController(RecordReads reads) {
        this.reads = reads;
    }

    @GetMapping(path = CatalogController.PATH + "/{id}/schema", produces = "application/json")
    @Operation(
            summary = "The JSON Schema (draft 2020-12) of the data of a catalog's elements",
            operationId = "getCatalogSchema",
            responses = @ApiResponse(responseCode = "200", description = "The schema"))
    @Refuses({ProblemType.MALFORMED_QUERY, ProblemType.NOT_FOUND})
    Answer schema(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        QueryParameters.parse(request.getQueryString(), Set.of());
        RecordKey catalog = MetahubType.CATALOG.key(
                new MetahubCodec(MetahubType.CATALOG, metahubId).canonicalId(id).orElse(id));
        Optional<CatalogShape> shape = reads.askForOne(new DescribeCatalog(catalog), CatalogShape.class, request);
        return shape.map(found -> Answer.document(CatalogSchema.of(found.attributes())))
                .orElseThrow(() -> new Refusal.RecordNotFound(catalog));
    }
}
