package dev.unlost.app.architecture.bad.customer;

import dev.unlost.app.architecture.bad.people.query.PeopleTable;

/** A context that reaches into another one. */
record MessageOfPeople(PeopleTable table) {}
