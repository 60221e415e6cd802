package dev.unlost.customer.http;

import dev.unlost.http.Answer;
import dev.unlost.http.RecordBatches;
import dev.unlost.http.RecordOperation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/** {@code /api/customers:batch}, which is no path below {@code /api/customers}. */
@Controller
@Tag(name = "customers")
class CustomerBatchController {

    private final CustomerCodec codec;
    private final RecordBatches batches;

    CustomerBatchController(CustomerCodec codec, RecordBatches batches) {
        this.codec = codec;
        this.batches = batches;
    }

    @PostMapping(path = CustomerCodec.PATH + ":batch", produces = "application/json")
    @RecordOperation(type = "customer", value = RecordOperation.Kind.BATCH)
    Answer batch(HttpServletRequest request) {
        return batches.carryOut(codec, request);
    }
}
