package dev.unlost.metahub.http;

import dev.unlost.http.Answer;
import dev.unlost.http.RecordOperation;
import dev.unlost.http.RecordOperation.Kind;
import dev.unlost.http.RecordPast;
import dev.unlost.http.RecordReads;
import dev.unlost.http.RecordWrites;
import dev.unlost.metahub.MetahubQuery.MetahubPage;
import dev.unlost.metahub.MetahubType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

/** What every type of record of a metahub has; a subclass says at which path. */
abstract class MetahubController {

    private final MetahubType type;
    private final Services services;

    MetahubController(MetahubType type, Services services) {
        this.type = type;
        this.services = services;
    }

    /** What carries out the requests. */
    @Component
    record Services(RecordReads reads, RecordPast past, RecordWrites writes) {}

    private MetahubCodec codec(String metahubId) {
        return new MetahubCodec(type, metahubId);
    }

    @PostMapping
    @RecordOperation(Kind.CREATE)
    Answer create(@PathVariable String metahubId, HttpServletRequest request) {
        return services.writes().create(codec(metahubId), request);
    }

    @GetMapping
    @RecordOperation(Kind.LIST)
    Answer list(@PathVariable String metahubId, HttpServletRequest request) {
        MetahubLists lists = new MetahubLists(type, metahubId);
        return services.reads().list(request, lists.terms(), listing -> {
            MetahubPage page = services.reads().ask(lists.query(listing), MetahubPage.class, request);
            return MetahubLists.page(page, listing.sort());
        });
    }

    @GetMapping("/{id}")
    @RecordOperation(Kind.GET)
    Answer get(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.reads().get(codec(metahubId), id, request);
    }

    @GetMapping("/{id}/history")
    @RecordOperation(Kind.HISTORY)
    Answer history(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.past().history(codec(metahubId), id, request);
    }

    @GetMapping("/{id}/diff")
    @RecordOperation(Kind.DIFF)
    Answer diff(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.past().diff(codec(metahubId), id, request);
    }

    @GetMapping("/{id}/blame")
    @RecordOperation(Kind.BLAME)
    Answer blame(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.past().blame(codec(metahubId), id, request);
    }

    @PutMapping("/{id}")
    @RecordOperation(Kind.PUT)
    Answer put(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.writes().put(codec(metahubId), id, request);
    }

    @PatchMapping("/{id}")
    @RecordOperation(Kind.PATCH)
    Answer patch(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.writes().patch(codec(metahubId), id, request);
    }

    @DeleteMapping("/{id}")
    @RecordOperation(Kind.DELETE)
    Answer delete(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.writes().delete(codec(metahubId), id, request);
    }

    @PostMapping("/{id}/restore")
    @RecordOperation(Kind.RESTORE)
    Answer restore(@PathVariable String metahubId, @PathVariable String id, HttpServletRequest request) {
        return services.writes().restore(codec(metahubId), id, request);
    }
}
