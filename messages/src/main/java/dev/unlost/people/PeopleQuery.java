package dev.unlost.people;

import java.util.Set;

/** What can be asked about people. */
public sealed interface PeopleQuery {

    /**
     * Answered with a map from id to {@link Person}; who is not known is missing from it.
     *
     * @param ids the {@code sub}s, within the factory of the message
     */
    record FindPeople(Set<String> ids) implements PeopleQuery {}
}
