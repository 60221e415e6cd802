package dev.unlost.metahub.http;

import dev.unlost.http.RecordsOf;
import dev.unlost.metahub.MetahubType;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /api/metahubs/{metahubId}/attributes}. */
@Controller
@RequestMapping(path = AttributeController.PATH, produces = "application/json")
@RecordsOf("attribute")
@Tag(name = "attributes")
class AttributeController extends MetahubController {

    static final String PATH = MetahubFormat.METAHUB + "/attributes";

    AttributeController(Services services) {
        super(MetahubType.ATTRIBUTE, services);
    }
}
