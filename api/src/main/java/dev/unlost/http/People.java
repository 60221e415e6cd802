package dev.unlost.http;

import dev.unlost.people.PeopleQuery.FindPeople;
import dev.unlost.people.Person;
import dev.unlost.versioning.Origin;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who the people are that records name by id. */
@Component
public class People {

    private final Messages messages;
    private final PeopleSettings settings;

    People(Messages messages, PeopleSettings settings) {
        this.messages = messages;
        this.settings = settings;
    }

    /** @return somebody with that id; a stranger to this factory has nothing but the id */
    Person find(String id, Origin origin) {
        return Objects.requireNonNull(find(Set.of(id), origin).get(id));
    }

    /** @return somebody for each id; a stranger to this factory has nothing but the id */
    Map<String, Person> find(Set<String> ids, Origin origin) {
        Map<?, ?> found = messages.ask(new FindPeople(ids), ResponseTypes.instanceOf(Map.class), origin);
        return ids.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        id -> found.get(id) instanceof Person person ? person : new Person(id, null, null)));
    }

    /** @return id, email and nickname, and nothing else, in this order */
    ObjectNode info(Person person) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("id", person.id());
        info.put("email", settings.hideEmail() ? null : person.email());
        info.put("nickname", person.nickname());
        return info;
    }
}
