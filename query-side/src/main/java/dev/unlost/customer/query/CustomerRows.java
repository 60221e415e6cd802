package dev.unlost.customer.query;

import dev.unlost.versioning.query.RecordRow;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

/** Reads customers. */
interface CustomerRows extends Repository<CustomerRow, RecordRow.Key>, JpaSpecificationExecutor<CustomerRow> {

    Optional<CustomerRow> findById(RecordRow.Key key);
}
