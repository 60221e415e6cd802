package dev.unlost.people.query;

import dev.unlost.people.PeopleQuery.FindPeople;
import dev.unlost.people.Person;
import dev.unlost.versioning.Origin;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.messaging.MetaData;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

@Component
class PeopleQueries {

    private final PersonRows rows;

    PeopleQueries(PersonRows rows) {
        this.rows = rows;
    }

    /** @return each {@link Person} by id; who is not known is missing */
    @QueryHandler
    @SuppressWarnings("rawtypes") // Axon's response types match classes, and never a parameterised type
    Map find(FindPeople query, MetaData metaData) {
        return rows.find(Origin.of(metaData).factoryId(), query.ids().toArray(String[]::new)).stream()
                .map(PersonRow::person)
                .collect(Collectors.toUnmodifiableMap(Person::id, person -> person));
    }
}
