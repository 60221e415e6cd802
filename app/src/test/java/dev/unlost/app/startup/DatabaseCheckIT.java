package dev.unlost.app.startup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.app.embedded.PreparedDatabase;
import dev.unlost.app.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabaseCheckIT {

    private final TestDatabase database = TestDatabase.create("check");
    private final PreparedDatabase prepared = database.prepared();

    @Test
    void preparedDatabaseIsAccepted() throws Exception {
        assertThatCode(this::check).doesNotThrowAnyException();
        as(database.connectAsOwner(), "create table unlost.owned ()");
        assertThatCode(() -> checker(app(), maintenance()).afterMigration()).doesNotThrowAnyException();
    }

    @Test
    void commitsThatDoNotWaitForTheDiskAreRefused() throws Exception {
        admin("alter role unlost_app in database " + name() + " set synchronous_commit = off");
        assertRefused("synchronous_commit off");
    }

    @Test
    void commitsThatWaitForThisServersDiskAreAccepted() throws Exception {
        admin("alter role unlost_app in database " + name() + " set synchronous_commit = local");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void superuserIsRefused() throws Exception {
        admin("alter role unlost_app superuser");
        try {
            assertRefused("role unlost_app is a superuser");
        } finally {
            admin("alter role unlost_app nosuperuser");
        }
    }

    @Test
    void roleThatBypassesRowLevelSecurityIsRefused() throws Exception {
        admin("alter role unlost_maintenance bypassrls");
        try {
            assertRefused("role unlost_maintenance is a superuser or bypasses row-level security");
        } finally {
            admin("alter role unlost_maintenance nobypassrls");
        }
    }

    @Test
    void roleThatSeesEveryFactoryIsRefused() throws Exception {
        admin("grant unlost_maintenance to unlost_app");
        try {
            assertRefused("unlost_app is a member of unlost_maintenance");
        } finally {
            admin("revoke unlost_maintenance from unlost_app");
        }
    }

    @Test
    void anyOtherRoleIsRefused() {
        DataSource owner = login("unlost_owner", prepared.passwords().owner());
        assertThatThrownBy(() -> checker(owner, maintenance()).beforeMigration())
                .hasMessageContaining("unlost_owner is neither unlost_app nor a member of it");
        assertThatThrownBy(() -> checker(app(), app()).beforeMigration())
                .hasMessageContaining("unlost_app is neither unlost_maintenance nor a member of it");
    }

    @Test
    void roleThatOwnsTablesIsRefused() throws Exception {
        admin("create table unlost.mine ()");
        admin("alter table unlost.mine owner to unlost_app");
        assertThatThrownBy(() -> checker(app(), maintenance()).afterMigration())
                .isInstanceOf(StartupRefused.class)
                .hasMessageContaining("unlost_app owns unlost.mine");
    }

    @Test
    void wrongPasswordIsTold() {
        assertThatThrownBy(() ->
                        checker(login("unlost_app", "guessed"), maintenance()).beforeMigration())
                .isInstanceOf(StartupRefused.class)
                .hasMessageContaining("password authentication failed");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::check).isInstanceOf(StartupRefused.class).hasMessageContaining(message);
    }

    private void check() {
        checker(app(), maintenance()).beforeMigration();
    }

    private static DatabaseCheck checker(DataSource app, DataSource maintenance) {
        return new DatabaseCheck(app, maintenance);
    }

    private DataSource app() {
        return login("unlost_app", prepared.passwords().app());
    }

    private DataSource maintenance() {
        return login("unlost_maintenance", prepared.passwords().maintenance());
    }

    private DataSource login(String role, String password) {
        return new DriverManagerDataSource(prepared.url(), role, password);
    }

    private String name() {
        return prepared.url().substring(prepared.url().lastIndexOf('/') + 1);
    }

    private void admin(String sql) throws SQLException {
        as(database.connectAsAdmin(), sql);
    }

    private static void as(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
