package dev.unlost.customer.query;

import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.SearchText;
import dev.unlost.versioning.query.Column;
import dev.unlost.versioning.query.DerivedTable;
import dev.unlost.versioning.query.RecordTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tables of customers. */
@Configuration(proxyBeanMethods = false)
class CustomerReadModel {

    @Bean
    RecordTable<CustomerDetails, CustomerEvent> customerTable() {
        return new RecordTable<>(
                CustomerType.INSTANCE,
                "unlost.customer",
                List.of(
                        Column.text("name", "name"),
                        Column.text("name_key", "name", name -> SearchText.key((String) name)),
                        Column.text("contact_name", "contactName"),
                        Column.text("contact_title", "contactTitle"),
                        Column.text("email", "email"),
                        Column.text("email_key", "email", email -> SearchText.key((String) email)),
                        Column.text("phone", "phone"),
                        addressColumn("street", "street"),
                        addressColumn("city", "city"),
                        addressColumn("region", "region"),
                        addressColumn("postal_code", "postalCode"),
                        addressColumn("country", "country"),
                        Column.texts("tags", "tags"),
                        Column.text("notes", "notes")),
                List.of(new DerivedTable(
                        "unlost.customer_tag",
                        "customer_id",
                        List.of("tag", "name_key"),
                        Set.of("tags", "name"),
                        """
                        select factory_id, id as customer_id, tag, name_key \
                        from unlost.customer cross join unnest(tags) as tag where not deleted""")));
    }

    private static Column addressColumn(String name, String member) {
        return Column.text(name, "address", address -> (@Nullable String) ((Map<?, ?>) address).get(member));
    }
}
