package dev.unlost.metahub.http;

import dev.unlost.http.RecordsOf;
import dev.unlost.metahub.MetahubType;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /api/metahubs/{metahubId}/catalogs}. */
@Controller
@RequestMapping(path = CatalogController.PATH, produces = "application/json")
@RecordsOf("catalog")
@Tag(name = "catalogs")
class CatalogController extends MetahubController {

    static final String PATH = MetahubFormat.METAHUB + "/catalogs";

    CatalogController(Services services) {
        super(MetahubType.CATALOG, services);
    }
}
