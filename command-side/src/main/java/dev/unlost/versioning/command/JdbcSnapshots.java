package dev.unlost.versioning.command;

import dev.unlost.versioning.Origin;
import dev.unlost.versioning.RecordEvent;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Snapshots in {@code unlost.snapshot}, one every so many versions and all of them kept. */
public final class JdbcSnapshots implements Snapshots {

    private final JdbcOperations jdbc;
    private final JsonMapper mapper;
    private final int every;

    /** @param every how many versions lie between two snapshots, from 1 */
    public JdbcSnapshots(JdbcOperations jdbc, JsonMapper mapper, int every) {
        this.jdbc = jdbc;
        this.mapper = mapper;
        this.every = every;
    }

    @Override
    public boolean dueAt(long version) {
        return version % every == 0;
    }

    @Override
    public <D, E extends RecordEvent> void keep(RecordType<D, E> type, RecordView<D> view) {
        jdbc.update(
                """
                insert into unlost.snapshot (factory_id, aggregate_type, aggregate_id, sequence_number, payload)
                values (?, ?, ?, ?, ?::jsonb) on conflict do nothing""",
                view.factoryId(),
                type.name(),
                view.key().id(),
                view.version() - 1,
                mapper.writeValueAsString(view));
    }

    @Override
    public <D, E extends RecordEvent> Optional<RecordView<D>> atOrBelow(
            RecordType<D, E> type, RecordKey key, long version) {
        if (version < every) {
            return Optional.empty();
        }
        JavaType viewOfDetails = mapper.getTypeFactory().constructParametricType(RecordView.class, type.detailsType());
        List<RecordView<D>> found = jdbc.query(
                """
                select payload from unlost.snapshot
                where factory_id = ? and aggregate_type = ? and aggregate_id = ? and sequence_number <= ?
                order by sequence_number desc limit 1""",
                (row, n) -> mapper.readValue(row.getString(1), viewOfDetails),
                Origin.ofWorkInProgress().orElseThrow().factoryId(),
                key.type(),
                key.id(),
                version - 1);
        return found.stream().findFirst();
    }
}
