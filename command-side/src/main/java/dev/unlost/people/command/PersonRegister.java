package dev.unlost.people.command;

import dev.unlost.people.PeopleCommand.RememberPersonCommand;
import dev.unlost.people.Person;
import dev.unlost.versioning.Origin;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The people of every factory, as their identity providers described them last. */
@Component
class PersonRegister {

    private final JdbcClient jdbc;

    PersonRegister(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes only what changed. Somebody who is known already costs one read: no row lock and no transaction id, which
     * would hold back the readers of the log.
     */
    @CommandHandler
    void remember(RememberPersonCommand command, MetaData metaData) {
        String factory = Origin.of(metaData).factoryId();
        Person person = command.person();
        if (!known(factory, person.id()).equals(Optional.of(person))) {
            write(factory, person);
        }
    }

    private Optional<Person> known(String factory, String id) {
        return jdbc.sql("select id, email, nickname from unlost.person where factory_id = ? and id = ?")
                .params(factory, id)
                .query(Person.class)
                .optional();
    }

    private void write(String factory, Person person) {
        // another request of the same person may have been here since the read
        jdbc.sql("""
                insert into unlost.person as known (factory_id, id, email, nickname) values (?, ?, ?, ?)
                on conflict (factory_id, id) do update set email = excluded.email, nickname = excluded.nickname
                where (known.email, known.nickname) is distinct from (excluded.email, excluded.nickname)""")
                .param(factory)
                .param(person.id())
                .param(person.email())
                .param(person.nickname())
                .update();
    }
}
