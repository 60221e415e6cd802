package dev.unlost.customer.query;

import dev.unlost.customer.CustomerQuery.CustomerPage;
import dev.unlost.customer.CustomerQuery.FindCustomer;
import dev.unlost.customer.CustomerQuery.ListCustomers;
import dev.unlost.customer.CustomerQuery.Position;
import dev.unlost.customer.CustomerQuery.Sort;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Timestamps;
import dev.unlost.versioning.query.RecordRow;
import dev.unlost.versioning.query.RowReader;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Answers queries about customers from the read model, within the factory of the query's origin. */
@Component
class CustomerQueries {

    private final RowReader rows;

    CustomerQueries(RowReader rows) {
        this.rows = rows;
    }

    @QueryHandler
    @SuppressWarnings("rawtypes") // Axon finds a handler by the class of its answers, never by a parameterized type
    Optional<RecordView> find(FindCustomer query, MetaData metaData) {
        return rows.find(
                        CustomerRow.class, new RecordRow.Key(Origin.of(metaData).factoryId(), query.id()))
                .map(row -> row.view(CustomerType.INSTANCE));
    }

    /** @throws dev.unlost.versioning.Refusal.InvalidFields naming every parameter that cannot be meant */
    @QueryHandler
    CustomerPage list(ListCustomers query, MetaData metaData) {
        List<CustomerRow> found = rows.list(
                CustomerRow.class, CustomerList.sql(Origin.of(metaData).factoryId(), query));
        List<CustomerRow> page = found.size() > query.limit() ? found.subList(0, query.limit()) : found;
        return new CustomerPage(
                page.stream().map(row -> row.view(CustomerType.INSTANCE)).toList(),
                page.size() < found.size() ? position(query.sort(), page.getLast()) : null);
    }

    private static Position position(Sort sort, CustomerRow last) {
        String value =
                switch (sort) {
                    case NAME -> last.nameKey();
                    case UPDATED_AT -> Timestamps.format(last.updatedAt());
                };
        return new Position(value, last.key().id());
    }
}
