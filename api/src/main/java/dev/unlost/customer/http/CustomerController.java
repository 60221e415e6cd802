package dev.unlost.customer.http;

import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.http.Answer;
import dev.unlost.http.RecordOperation;
import dev.unlost.http.RecordPast;
import dev.unlost.http.RecordReads;
import dev.unlost.http.RecordWrites;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** {@code /api/customers}. */
@Controller
@RequestMapping(path = CustomerCodec.PATH, produces = "application/json")
@Tag(name = "customers")
class CustomerController {

    private final CustomerCodec codec;
    private final RecordReads reads;
    private final RecordPast past;
    private final RecordWrites writes;

    CustomerController(CustomerCodec codec, RecordReads reads, RecordPast past, RecordWrites writes) {
        this.codec = codec;
        this.reads = reads;
        this.past = past;
        this.writes = writes;
    }

    @PostMapping
    @RecordOperation(type = "customer", value = RecordOperation.Kind.CREATE)
    Answer create(HttpServletRequest request) {
        return writes.create(codec, request);
    }

    @GetMapping
    @RecordOperation(type = "customer", value = RecordOperation.Kind.LIST)
    Answer list(HttpServletRequest request) {
        return reads.list(request, CustomerLists.TERMS, listing -> {
            CustomerPage page = reads.ask(CustomerLists.query(listing), CustomerPage.class, request);
            return CustomerLists.page(page, listing.sort());
        });
    }

    @GetMapping("/{id}")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.GET)
    Answer get(@PathVariable String id, HttpServletRequest request) {
        return reads.get(codec, id, request);
    }

    @GetMapping("/{id}/history")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.HISTORY)
    Answer history(@PathVariable String id, HttpServletRequest request) {
        return past.history(codec, id, request);
    }

    @GetMapping("/{id}/diff")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.DIFF)
    Answer diff(@PathVariable String id, HttpServletRequest request) {
        return past.diff(codec, id, request);
    }

    @GetMapping("/{id}/blame")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.BLAME)
    Answer blame(@PathVariable String id, HttpServletRequest request) {
        return past.blame(codec, id, request);
    }

    @PutMapping("/{id}")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.PUT)
    Answer put(@PathVariable String id, HttpServletRequest request) {
        return writes.put(codec, id, request);
    }

    @PatchMapping("/{id}")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.PATCH)
    Answer patch(@PathVariable String id, HttpServletRequest request) {
        return writes.patch(codec, id, request);
    }

    @DeleteMapping("/{id}")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.DELETE)
    Answer delete(@PathVariable String id, HttpServletRequest request) {
        return writes.delete(codec, id, request);
    }

    @PostMapping("/{id}/restore")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.RESTORE)
    Answer restore(@PathVariable String id, HttpServletRequest request) {
        return writes.restore(codec, id, request);
    }
}
