package dev.unlost.app.architecture.bad.people.query;

/** Something of another context. */
public record PeopleTable(String name) {}
