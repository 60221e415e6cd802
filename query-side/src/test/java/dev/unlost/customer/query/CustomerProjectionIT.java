package dev.unlost.customer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unlost.customer.Address;
import dev.unlost.customer.CustomerChanges;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.CustomerEvent.CustomerCreated;
import dev.unlost.customer.CustomerEvent.CustomerDeleted;
import dev.unlost.customer.CustomerEvent.CustomerRestored;
import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class CustomerProjectionIT {

    private static final CustomerDetails FULL = new CustomerDetails(
            "Ádám Kft.",
            "Ádám",
            "Owner",
            "Adam@Example.com",
            "+36 1",
            new Address("Fő utca 1", "Győr", "GyMS", "9021", "HU"),
            List.of("vip", "export"),
            "two\nlines");
    private static final CustomerDetails BARE =
            new CustomerDetails("Bare", null, null, null, null, null, List.of(), null);

    @SuppressWarnings("NullAway.Init")
    private static ReadModel readModel;

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        readModel = new ReadModel();
    }

    @AfterAll
    static void close() {
        readModel.close();
    }

    @Test
    void theRowFollowsItsRecordThroughItsLife() {
        readModel.append("f-1", id, 1, new CustomerCreated(FULL));
        assertRowIsAsInTheLog();
        assertThat(tags()).containsExactly("export ádám kft.", "vip ádám kft.");

        readModel.append("f-1", id, 2, new CustomerUpdated(CustomerChanges.between(FULL, BARE)));
        assertRowIsAsInTheLog();
        assertThat(tags()).isEmpty();

        readModel.append("f-1", id, 3, new CustomerDeleted());
        assertRowIsAsInTheLog();

        readModel.append("f-1", id, 4, new CustomerRestored(1, CustomerChanges.between(BARE, FULL)));
        assertRowIsAsInTheLog();
        assertThat(tags()).containsExactly("export ádám kft.", "vip ádám kft.");

        readModel.append("f-1", id, 5, new CustomerDeleted());
        assertRowIsAsInTheLog();
        assertThat(tags()).isEmpty();
    }

    @Test
    void aNewNameReachesTheTags() {
        readModel.append("f-1", id, 1, new CustomerCreated(FULL));
        CustomerDetails renamed = new CustomerDetails(
                "Zoltán", "Ádám", "Owner", FULL.email(), FULL.phone(), FULL.address(), FULL.tags(), FULL.notes());
        readModel.append("f-1", id, 2, new CustomerUpdated(CustomerChanges.between(FULL, renamed)));
        assertThat(tags()).containsExactly("export zoltán", "vip zoltán");
    }

    @Test
    void aMissingRowIsHealed() {
        readModel.append("f-1", id, 1, new CustomerCreated(FULL));
        maintenance().update("delete from unlost.customer where id = ?", id);
        maintenance().update("delete from unlost.customer_tag where customer_id = ?", id);
        readModel.append("f-1", id, 2, new CustomerUpdated(CustomerChanges.between(FULL, rephoned())));
        assertRowIsAsInTheLog();
        assertThat(tags()).hasSize(2);
    }

    @Test
    void aRowThatIsBehindIsHealed() {
        readModel.append("f-1", id, 1, new CustomerCreated(BARE));
        readModel.append("f-1", id, 2, new CustomerUpdated(CustomerChanges.between(BARE, FULL)), false);
        readModel.append("f-1", id, 3, new CustomerUpdated(CustomerChanges.between(FULL, rephoned())));
        assertRowIsAsInTheLog();
        assertThat(tags()).hasSize(2);
    }

    @Test
    void aRowIsHealedByAnEventThatTheLogDoesNotShowYet() {
        readModel.append("f-1", id, 1, new CustomerCreated(BARE));
        maintenance().update("delete from unlost.customer where id = ?", id);
        readModel.projectOnly("f-1", id, 2, new CustomerDeleted());
        assertThat(readModel.find("f-1", id)).hasValueSatisfying(view -> {
            assertThat(view.version()).isEqualTo(2);
            assertThat(view.deleted()).isTrue();
        });
    }

    @Test
    void aGapInTheLogIsRefused() {
        readModel.append("f-1", id, 1, new CustomerCreated(BARE));
        assertThatThrownBy(() -> readModel.projectOnly("f-1", id, 3, new CustomerDeleted()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 3 where 2 was due");
        assertRowIsAsInTheLog();
    }

    @Test
    void aRowThatIsAheadFailsTheWrite() {
        readModel.append("f-1", id, 1, new CustomerCreated(BARE));
        maintenance().update("update unlost.customer set version = 9 where id = ?", id);
        CustomerUpdated event = new CustomerUpdated(CustomerChanges.between(BARE, FULL));
        assertThatThrownBy(() -> readModel.append("f-1", id, 2, event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ahead");
        assertThat(readModel.fromLog("f-1", id).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void factoriesCanUseTheSameId() {
        readModel.append("f-1", id, 1, new CustomerCreated(FULL));
        readModel.append("f-2", id, 1, new CustomerCreated(BARE));
        readModel.append("f-2", id, 2, new CustomerDeleted());
        assertThat(readModel.find("f-1", id)).isEqualTo(readModel.fromLog("f-1", id));
        assertThat(readModel.find("f-2", id)).isEqualTo(readModel.fromLog("f-2", id));
        assertThat(readModel.find("f-3", id)).isEmpty();
    }

    private static CustomerDetails rephoned() {
        return new CustomerDetails(
                FULL.name(),
                FULL.contactName(),
                FULL.contactTitle(),
                FULL.email(),
                "+36 2",
                FULL.address(),
                FULL.tags(),
                FULL.notes());
    }

    private void assertRowIsAsInTheLog() {
        assertThat(readModel.find("f-1", id)).isPresent().isEqualTo(readModel.fromLog("f-1", id));
    }

    private List<String> tags() {
        return maintenance()
                .queryForList(
                        "select tag || ' ' || name_key from unlost.customer_tag where customer_id = ? order by tag",
                        String.class,
                        id);
    }

    private static JdbcTemplate maintenance() {
        return new JdbcTemplate(readModel.database.maintenance());
    }
}
