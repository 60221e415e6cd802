package dev.unlost.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.unlost.people.PeopleQuery.FindPeople;
import dev.unlost.people.Person;
import dev.unlost.versioning.Origin;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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

    /** How long another node may tell of a person as they were before. */
    private static final Duration LATELY = Duration.ofSeconds(10);

    private static final int MAX_PEOPLE = 10_000;

    private record Key(String factoryId, String id) {}

    private final Messages messages;
    private final PeopleSettings settings;
    private final Cache<Key, Person> found = Caffeine.newBuilder()
            .expireAfterWrite(LATELY)
            .maximumSize(MAX_PEOPLE)
            .build();

    People(Messages messages, PeopleSettings settings) {
        this.messages = messages;
        this.settings = settings;
    }

    /** The person's own token says something else than was known. */
    public void forget(String id, Origin origin) {
        found.invalidate(new Key(origin.factoryId(), id));
    }

    /** @return somebody with that id; a stranger to this factory has nothing but the id */
    Person find(String id, Origin origin) {
        return known(Set.of(id), origin).apply(id);
    }

    /** @return the {@link #info} of each of those ids, looked up at once */
    Function<String, ObjectNode> infos(Set<String> ids, Origin origin) {
        return known(ids, origin).andThen(this::info);
    }

    private Function<String, Person> known(Set<String> ids, Origin origin) {
        Map<String, Person> people = new HashMap<>();
        Set<String> others = new HashSet<>();
        for (String id : ids) {
            Person person = found.getIfPresent(new Key(origin.factoryId(), id));
            if (person == null) {
                others.add(id);
            } else {
                people.put(id, person);
            }
        }
        if (!others.isEmpty()) {
            for (Object each : messages.ask(new FindPeople(others), ResponseTypes.instanceOf(Map.class), origin)
                    .values()) {
                Person person = (Person) each;
                people.put(person.id(), person);
                found.put(new Key(origin.factoryId(), person.id()), person);
            }
        }
        return id -> people.getOrDefault(id, new Person(id, null, null));
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
