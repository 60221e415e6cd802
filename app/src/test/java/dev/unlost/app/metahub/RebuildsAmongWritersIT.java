package dev.unlost.app.metahub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unlost.app.metahub.Metahub.Created;
import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.SharedNodes;
import dev.unlost.app.support.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that follow from records of two types are those due, although both types are rebuilt while both are written. */
class RebuildsAmongWritersIT {

    private static final int ROUNDS = 2;
    private static final int WRITERS = 8;
    private static final int ELEMENTS = 12;

    /** An advisory lock. */
    private static final int GATE = 20_261_123;

    private static final List<String> TYPES = List.of("attribute", "element", "catalog", "hub");

    private final Operator operator = new Operator(SharedNodes.first());
    private final JdbcClient admin = SharedNodes.database().asAdmin();
    private final String factory = "rebuilds-" + UUID.randomUUID();
    private final Metahub ann = new Metahub(Caller.of(SharedNodes.first(), "ann", factory));
    private final Metahub bob = new Metahub(Caller.of(SharedNodes.second(), "bob", factory));

    /**
     * Whoever writes an element while an attribute's row is away gives it no value of that attribute; whoever brings the
     * row back sees no element that is not committed. Neither can see the other; only who looks again does.
     */
    @Test
    void anElementThatIsCommittedAfterItsAttributeWasMendedHasItsValue() throws Exception {
        Created catalog = ann.catalog("things");
        ann.attribute(catalog, "a", "STRING", "searchable", true);
        admin.sql("delete from unlost.attribute where factory_id = ?")
                .param(factory)
                .update();
        try (Connection gate = SharedNodes.database().connectAsAdmin();
                Statement statement = gate.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("select pg_advisory_lock(" + GATE + ")");
            commitsOfElementsWaitForTheGate(statement);
            Future<Reply> written = threads.submit(() -> bob.postElement(catalog, Map.of("a", "value")));
            await().until(() -> admin.sql("select count(*) from pg_locks where objid = ? and not granted")
                            .param(GATE)
                            .query(Long.class)
                            .single()
                    == 1);
            Future<Long> rebuilt = threads.submit(() -> operator.rebuild("attribute"));
            await().until(() -> admin.sql("select count(*) from unlost.attribute where factory_id = ?")
                            .param(factory)
                            .query(Long.class)
                            .single()
                    == 1);
            statement.execute("select pg_advisory_unlock(" + GATE + ")");
            assertThat(written.get(60, TimeUnit.SECONDS).status()).isEqualTo(201);
            assertThat(rebuilt.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(operator.verify("attribute")).isZero();
        assertThat(operator.verify("element")).isZero();
        assertThat(ann.listed(catalog, "a", 10, "&sort=data.a")).containsExactly("value");
    }

    @AfterEach
    void noGate() {
        admin.sql("drop trigger if exists wait_for_the_gate on unlost.element").update();
        admin.sql("drop function if exists wait_for_the_gate").update();
    }

    private void commitsOfElementsWaitForTheGate(Statement admin) throws SQLException {
        admin.execute("""
                create function wait_for_the_gate() returns trigger language plpgsql as $$
                begin
                  perform pg_advisory_xact_lock_shared(%d);
                  return null;
                end $$""".formatted(GATE));
        admin.execute("""
                create constraint trigger wait_for_the_gate after insert on unlost.element deferrable initially deferred
                for each row when (new.factory_id = '%s') execute function wait_for_the_gate()""".formatted(factory));
    }

    @Test
    void rowsOfTwoTypesAreThoseDueAfterwards() {
        List<Created> hubs = List.of(ann.hub("one"), ann.hub("two"), ann.hub("three"));
        Created catalog = ann.catalog("things", hubs.getFirst());
        List<Created> attributes = new ArrayList<>();
        for (String codename : List.of("a", "b", "c", "d")) {
            attributes.add(ann.attribute(catalog, codename, "STRING", "searchable", true));
        }
        List<Created> elements = new ArrayList<>();
        for (int i = 0; i < ELEMENTS; i++) {
            elements.add(ann.element(catalog, Map.of("a", "a" + i)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String table : List.of("element_value", "catalog_hub", "attribute", "element", "catalog", "hub")) {
                admin.sql("delete from unlost." + table + " where factory_id = ?")
                        .param(factory)
                        .update();
            }
            AtomicBoolean rebuilt = new AtomicBoolean();
            Together.run(WRITERS + 1, thread -> {
                if (thread == WRITERS) {
                    try {
                        TYPES.forEach(operator::rebuild);
                    } finally {
                        rebuilt.set(true);
                    }
                }
                Metahub writer = thread % 2 == 0 ? ann : bob;
                while (!rebuilt.get()) {
                    Reply reply = write(writer, thread, catalog, hubs, attributes, elements);
                    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
                }
                return thread;
            });
            for (String type : TYPES) {
                assertThat(operator.verify(type))
                        .as("%s in round %s", type, round)
                        .isZero();
            }
        }
    }

    private static Reply write(
            Metahub writer,
            int thread,
            Created catalog,
            List<Created> hubs,
            List<Created> attributes,
            List<Created> elements) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String value = "v" + random.nextInt(1000);
        return switch (thread) {
            case 0, 1, 2 -> writer.postElement(catalog, Map.of("b", value, "c", value));
            case 3, 4, 5 ->
                writer.patchData(elements.get(random.nextInt(elements.size())), Map.of("a", value, "d", value));
            case 6 ->
                writer.patch(
                        attributes.get(random.nextInt(attributes.size())), Map.of("searchable", random.nextBoolean()));
            default ->
                writer.patch(
                        catalog,
                        Map.of(
                                "hubs",
                                List.of(hubs.get(random.nextInt(hubs.size())).id())));
        };
    }
}
