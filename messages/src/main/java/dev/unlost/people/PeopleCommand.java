package dev.unlost.people;

/** What can be told about people. */
public sealed interface PeopleCommand {

    /** The identity provider vouched for this description. */
    record RememberPersonCommand(Person person) implements PeopleCommand {}
}
