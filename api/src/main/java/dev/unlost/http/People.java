package dev.unlost.http;

import dev.unlost.people.PeopleQuery.FindPeople;
import dev.unlost.people.Person;
import dev.unlost.versioning.Origin;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
        return person(known(Set.of(id), origin), id);
    }

    /** @return the {@link #info} of each of those ids, looked up at once */
    Function<String, ObjectNode> infos(Set<String> ids, Origin origin) {
        Map<?, ?> known = known(ids, origin);
        return id -> info(person(known, id));
    }

    private Map<?, ?> known(Set<String> ids, Origin origin) {
        return messages.ask(new FindPeople(ids), ResponseTypes.instanceOf(Map.class), origin);
    }

    private static Person person(Map<?, ?> known, String id) {
        return known.get(id) instanceof Person person ? person : new Person(id, null, null);
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
