package dev.unlost.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A protected table whose rows belong to factories, kept apart by row-level security. */
class IsolatedTableTest {

    private Session app;

    @BeforeEach
    void create() {
        Database.clean();
        try (Session owner = Database.session("team_owner")) {
            owner.execute("create table team.price (factory_id text, id int, cents int, primary key (factory_id, id))");
            owner.execute("alter table team.price enable row level security");
            owner.execute("alter table team.price force row level security");
            owner.execute("create policy own_factory on team.price to team_app "
                    + "using (factory_id = nullif(current_setting('unlost.factory', true), ''))");
            owner.row("select unlost.protect('team.price')");
        }
        app = Database.session("team_app");
        as("north");
        app.update("insert into team.price (factory_id, id, cents) values ('north', 1, 100)");
    }

    @AfterEach
    void close() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {" and version = 1", " and version = 7", ""})
    void anotherFactorysUpdateIsDeniedWhateverVersionItNames(String precondition) {
        for (String factory : new String[] {"south", ""}) {
            as(factory);
            assertThat(app.update(
                            "update team.price set cents = 1 where factory_id = 'north' and id = 1" + precondition))
                    .isZero();
            assertThat(app.update("delete from team.price where factory_id = 'north' and id = 1" + precondition))
                    .isZero();
            assertThat(app.rows("select * from team.price")).isEmpty();
        }

        as("north");
        assertThat(app.row("select cents, version from team.price")).isEqualTo("100|1");
    }

    @Test
    void theOwnFactorysUpdateObeysTheVersion() {
        assertThat(app.update("update team.price set cents = 1 where id = 1 and version = 7"))
                .isZero();
        assertThat(app.update("update team.price set cents = 101 where id = 1 and version = 1"))
                .isOne();
        assertThat(app.row("select cents, version from team.price")).isEqualTo("101|2");
    }

    @Test
    void noRowCanBeMovedToAnotherFactory() {
        assertThatExceptionOfType(Session.Refused.class)
                .isThrownBy(() -> app.update("update team.price set factory_id = 'south' where id = 1 and version = 1"))
                .withMessageContaining("row-level security");
        assertThat(app.row("select factory_id, version from team.price")).isEqualTo("north|1");
    }

    private void as(String factory) {
        app.row("select set_config('unlost.factory', ?, false)", factory);
    }
}
