package dev.unlost.customer.http;

import dev.unlost.customer.CustomerType;
import dev.unlost.table.http.Column;
import dev.unlost.table.http.Column.Kind;
import dev.unlost.table.http.Table;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Customers as a table. */
@Configuration(proxyBeanMethods = false)
class CustomerColumns {

    @Bean
    Table customersTable(CustomerCodec codec) {
        return Table.of(
                "customers",
                CustomerType.INSTANCE.name(),
                codec.names(),
                List.of(
                        new Column("name", Kind.TEXT),
                        new Column("contact_name", Kind.TEXT, "contactName"),
                        new Column("contact_title", Kind.TEXT, "contactTitle"),
                        new Column("email", Kind.TEXT),
                        new Column("phone", Kind.TEXT),
                        new Column("address", Kind.JSON),
                        new Column("tags", Kind.SET),
                        new Column("notes", Kind.TEXT)),
                false,
                namespace -> codec);
    }
}
