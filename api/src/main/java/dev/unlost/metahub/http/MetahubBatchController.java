package dev.unlost.metahub.http;

import dev.unlost.http.Answer;
import dev.unlost.http.RecordBatches;
import dev.unlost.http.RecordOperation;
import dev.unlost.http.RecordOperation.Kind;
import dev.unlost.metahub.MetahubType;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The batches of each type, at paths that are not below those of its records. */
@Controller
class MetahubBatchController {

    private final RecordBatches batches;

    MetahubBatchController(RecordBatches batches) {
        this.batches = batches;
    }

    @PostMapping(path = HubController.PATH + ":batch", produces = "application/json")
    @RecordOperation(type = "hub", value = Kind.BATCH)
    @Tag(name = "hubs")
    Answer hubs(@PathVariable String metahubId, HttpServletRequest request) {
        return carryOut(MetahubType.HUB, metahubId, request);
    }

    @PostMapping(path = CatalogController.PATH + ":batch", produces = "application/json")
    @RecordOperation(type = "catalog", value = Kind.BATCH)
    @Tag(name = "catalogs")
    Answer catalogs(@PathVariable String metahubId, HttpServletRequest request) {
        return carryOut(MetahubType.CATALOG, metahubId, request);
    }

    @PostMapping(path = AttributeController.PATH + ":batch", produces = "application/json")
    @RecordOperation(type = "attribute", value = Kind.BATCH)
    @Tag(name = "attributes")
    Answer attributes(@PathVariable String metahubId, HttpServletRequest request) {
        return carryOut(MetahubType.ATTRIBUTE, metahubId, request);
    }

    @PostMapping(path = ElementController.PATH + ":batch", produces = "application/json")
    @RecordOperation(type = "element", value = Kind.BATCH)
    @Tag(name = "elements")
    Answer elements(@PathVariable String metahubId, HttpServletRequest request) {
        return carryOut(MetahubType.ELEMENT, metahubId, request);
    }

    private Answer carryOut(MetahubType type, String metahubId, HttpServletRequest request) {
        return batches.carryOut(new MetahubCodec(type, metahubId), request);
    }
}
