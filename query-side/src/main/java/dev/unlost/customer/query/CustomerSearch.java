package dev.unlost.customer.query;

import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerType;
import dev.unlost.table.query.RecordRows;
import dev.unlost.table.query.TableColumn;
import dev.unlost.versioning.SearchText;
import dev.unlost.versioning.query.Fragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Customers as a table. */
@Configuration(proxyBeanMethods = false)
class CustomerSearch {

    private static final Map<String, String> ADDRESS = Map.of(
            "street", "r.street",
            "city", "r.city",
            "region", "r.region",
            "postalCode", "r.postal_code",
            "country", "r.country");

    /** There is an address as soon as it says anything. */
    private static final String ANY_ADDRESS = "coalesce(r.street, r.city, r.region, r.postal_code, r.country)";

    private static final String HAS_TAG = "exists (select from unlost.customer_tag t where t.factory_id = r.factory_id"
            + " and t.customer_id = r.id and t.tag = ?)";

    private static final Map<String, TableColumn> COLUMNS = columns();

    @Bean
    RecordRows<CustomerDetails> searchableCustomers() {
        return new RecordRows<>(
                CustomerType.INSTANCE, CustomerRow.class, "unlost.customer", false, namespace -> COLUMNS);
    }

    private static Map<String, TableColumn> columns() {
        Map<String, TableColumn> columns = new HashMap<>();
        for (String text : List.of(
                "factory_id", "id", "contact_name", "contact_title", "phone", "notes", "created_by", "updated_by")) {
            columns.put(text, TableColumn.text("r." + text));
        }
        for (String other : List.of("version", "created_at", "updated_at")) {
            columns.put(other, TableColumn.of("r." + other));
        }
        columns.put(
                "name",
                TableColumn.of("r.name")
                        .inOrderOf("r.name_key", CustomerSearch::key)
                        .foundBy("r.name_key", CustomerSearch::key));
        columns.put("email", TableColumn.text("r.email").foundBy("r.email_key", CustomerSearch::key));
        columns.put("address", TableColumn.json(ANY_ADDRESS, CustomerSearch::member));
        columns.put("tags", TableColumn.set("r.tags", HAS_TAG, UnaryOperator.identity()));
        return Map.copyOf(columns);
    }

    private static Object key(Object text) {
        return SearchText.key((String) text);
    }

    private static Fragment member(List<String> path) {
        String column = path.size() == 1 ? ADDRESS.get(path.getFirst()) : null;
        return Fragment.of(column == null ? "cast(null as text)" : column);
    }
}
