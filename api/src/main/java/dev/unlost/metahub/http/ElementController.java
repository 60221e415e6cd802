package dev.unlost.metahub.http;

import dev.unlost.http.RecordsOf;
import dev.unlost.metahub.MetahubType;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /api/metahubs/{metahubId}/elements}. */
@Controller
@RequestMapping(path = ElementController.PATH, produces = "application/json")
@RecordsOf("element")
@Tag(name = "elements")
class ElementController extends MetahubController {

    static final String PATH = MetahubFormat.METAHUB + "/elements";

    ElementController(Services services) {
        super(MetahubType.ELEMENT, services);
    }
}
