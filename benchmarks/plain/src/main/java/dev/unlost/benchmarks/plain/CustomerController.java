package dev.unlost.benchmarks.plain;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Pageable;
import org.springframework.data.web.PageableDefault;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/customers")
class CustomerController {

    private final CustomerService customers;

    CustomerController(CustomerService customers) {
        this.customers = customers;
    }

    @PostMapping
    ResponseEntity<CustomerResponse> create(
            @AuthenticationPrincipal Jwt token, @Valid @RequestBody CustomerRequest request) {
        CustomerResponse created = customers.create(factory(token), actor(token), request);
        return ResponseEntity.created(URI.create("/api/customers/" + created.id()))
                .eTag(tag(created))
                .body(created);
    }

    @GetMapping
    List<CustomerResponse> list(
            @AuthenticationPrincipal Jwt token,
            @PageableDefault(
                            size = 50,
                            sort = {"name", "id"})
                    Pageable page) {
        return customers.list(factory(token), page);
    }

    @GetMapping("/{id}")
    @Nullable
    ResponseEntity<CustomerResponse> get(
            @AuthenticationPrincipal Jwt token, @PathVariable UUID id, WebRequest request) {
        CustomerResponse found = customers.get(factory(token), id);
        return request.checkNotModified(tag(found))
                ? null
                : ResponseEntity.ok().eTag(tag(found)).body(found);
    }

    @PatchMapping("/{id}")
    ResponseEntity<CustomerResponse> update(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody CustomerPatch patch) {
        if (ifMatch == null) {
            throw new ResponseStatusException(HttpStatus.PRECONDITION_REQUIRED, "If-Match is missing");
        }
        CustomerResponse updated = customers.update(factory(token), actor(token), id, version(ifMatch), patch);
        return ResponseEntity.ok().eTag(tag(updated)).body(updated);
    }

    /** Somebody else was faster between the check and the commit. */
    @ExceptionHandler
    ProblemDetail lostRace(OptimisticLockingFailureException race) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "the customer was changed meanwhile");
    }

    private static String factory(Jwt token) {
        return Objects.requireNonNull(token.getClaimAsString("factory_id"));
    }

    private static String actor(Jwt token) {
        return Objects.requireNonNull(token.getSubject());
    }

    private static String tag(CustomerResponse customer) {
        return "\"" + customer.version() + "\"";
    }

    private static long version(String ifMatch) {
        try {
            return Long.parseLong(ifMatch.replace("\"", ""));
        } catch (NumberFormatException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "If-Match is not a version", e);
        }
    }
}
