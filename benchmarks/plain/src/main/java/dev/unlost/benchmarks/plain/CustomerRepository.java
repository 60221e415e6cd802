package dev.unlost.benchmarks.plain;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.repository.Repository;

interface CustomerRepository extends Repository<Customer, UUID> {

    Customer saveAndFlush(Customer customer);

    Optional<Customer> findByIdAndFactoryId(UUID id, String factoryId);

    Slice<Customer> findByFactoryId(String factoryId, Pageable page);
}
