package dev.unlost.metahub.http;

import dev.unlost.http.RecordsOf;
import dev.unlost.metahub.MetahubType;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /api/metahubs/{metahubId}/hubs}. */
@Controller
@RequestMapping(path = HubController.PATH, produces = "application/json")
@RecordsOf("hub")
@Tag(name = "hubs")
class HubController extends MetahubController {

    static final String PATH = MetahubFormat.METAHUB + "/hubs";

    HubController(Services services) {
        super(MetahubType.HUB, services);
    }
}
