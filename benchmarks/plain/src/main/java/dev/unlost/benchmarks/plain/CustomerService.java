package dev.unlost.benchmarks.plain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

@Service
class CustomerService {

    private final CustomerRepository customers;

    CustomerService(CustomerRepository customers) {
        this.customers = customers;
    }

    @Transactional
    CustomerResponse create(String factory, String actor, CustomerRequest request) {
        return customers
                .saveAndFlush(new Customer(UUID.randomUUID(), factory, request, actor, now()))
                .toResponse();
    }

    @Transactional
    CustomerResponse update(String factory, String actor, UUID id, long version, CustomerPatch patch) {
        Customer customer = find(factory, id);
        if (customer.version() != version) {
            throw new StaleCustomerException(id, version, customer.version());
        }
        customer.change(patch, actor, now());
        return customers.saveAndFlush(customer).toResponse();
    }

    @Transactional(readOnly = true)
    CustomerResponse get(String factory, UUID id) {
        return find(factory, id).toResponse();
    }

    @Transactional(readOnly = true)
    List<CustomerResponse> list(String factory, Pageable page) {
        return customers
                .findByFactoryId(factory, page)
                .map(Customer::toResponse)
                .getContent();
    }

    private Customer find(String factory, UUID id) {
        return customers
                .findByIdAndFactoryId(id, factory)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
