package dev.unlost.app.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unlost.app.support.Caller;
import dev.unlost.app.support.Caller.Reply;
import dev.unlost.app.support.Operator;
import dev.unlost.app.support.RecordKind;
import dev.unlost.app.support.RecordKind.Records;
import dev.unlost.app.support.SharedNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows that are lost, old or wrong are counted, healed by writes and mended by a rebuild, whatever they are rows of. */
@ParameterizedClass
@EnumSource(RecordKind.class)
class ReadModelOfEveryKindIT {

    private static final int RECORDS = 6;

    private final RecordKind kind;
    private final Operator operator = new Operator(SharedNodes.first());
    private final JdbcClient admin = SharedNodes.database().asAdmin();
    private final String factory = "rows-" + UUID.randomUUID();
    private final Caller ann = Caller.of(SharedNodes.first(), "ann", factory);
    private final Records records;
    private final List<String> paths = new ArrayList<>();

    ReadModelOfEveryKindIT(RecordKind kind) {
        this.kind = kind;
        this.records = kind.in(ann);
    }

    @BeforeEach
    void recordsThatWereChanged() {
        for (int i = 0; i < RECORDS; i++) {
            String path = records.created(ann, "x" + i);
            assertThat(changed(path, 1).version()).isEqualTo(2);
            paths.add(path);
        }
    }

    @AfterEach
    void asTheLogSays() {
        operator.rebuild(kind.type());
    }

    @Test
    void damageIsCountedHealedByWritesAndMended() {
        assertThat(operator.verify(kind.type())).isZero();
        List<String> sound = rows();
        damage("delete from %s where factory_id = ? and id = ?", 0);
        damage("delete from %s where factory_id = ? and id = ?", 1);
        damage("update %s set version = 1 where factory_id = ? and id = ?", 2);
        damage("update %s set version = 9 where factory_id = ? and id = ?", 3);
        damage("update %s set created_by = 'nobody' where factory_id = ? and id = ?", 4);
        assertThat(operator.verify(kind.type())).isEqualTo(5);

        for (int healed : new int[] {0, 2}) {
            Reply reply = changed(paths.get(healed), 2);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.version()).isEqualTo(3);
            assertThat(ann.get(paths.get(healed)).text()).isEqualTo(reply.text());
        }
        assertThat(changed(paths.get(3), 2).status())
                .as("what cannot be projected is not written")
                .isEqualTo(500);

        assertThat(operator.rebuild(kind.type())).isEqualTo(3);
        assertThat(operator.verify(kind.type())).isZero();
        assertThat(rows()).hasSameSizeAs(sound);
        assertThat(changed(paths.get(3), 2).version()).isEqualTo(3);
    }

    @Test
    void theTablesCanBeEmptiedAndRebuiltToTheSameBytes() {
        assertThat(ann.delete(paths.getFirst(), "If-Match", "\"2\"").status()).isEqualTo(204);
        List<String> sound = rows();
        long recordsOfTheKind = admin.sql(
                        "select count(*) from unlost." + kind.tables().getFirst() + " where factory_id = ?")
                .param(factory)
                .query(Long.class)
                .single();
        List<String> derivedFirst = new ArrayList<>(kind.tables());
        Collections.reverse(derivedFirst);
        for (String table : derivedFirst) {
            admin.sql("delete from unlost." + table + " where factory_id = ?")
                    .param(factory)
                    .update();
        }
        assertThat(rows()).isEmpty();
        assertThat(operator.verify(kind.type())).isEqualTo(recordsOfTheKind);
        assertThat(operator.rebuild(kind.type())).isEqualTo(recordsOfTheKind);
        assertThat(rows()).isEqualTo(sound);
        assertThat(operator.verify(kind.type())).isZero();
    }

    private Reply changed(String path, long version) {
        return ann.patch(path, records.second("v" + version), "If-Match", "\"" + version + "\"");
    }

    private void damage(String sql, int number) {
        assertThat(admin.sql(sql.formatted("unlost." + kind.tables().getFirst()))
                        .params(factory, kind.storedId(paths.get(number)))
                        .update())
                .isEqualTo(1);
    }

    /** All rows of the factory as text, in order. */
    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        for (String table : kind.tables()) {
            rows.addAll(admin.sql("select line from (select row::text as line from unlost." + table
                            + " as row where factory_id = ?) as rows order by line collate \"C\"")
                    .param(factory)
                    .query(String.class)
                    .list());
        }
        return rows;
    }
}
