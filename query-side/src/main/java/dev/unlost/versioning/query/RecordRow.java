package dev.unlost.versioning.query;

import dev.unlost.versioning.RecordType;
import dev.unlost.versioning.RecordView;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.MappedSuperclass;
import java.io.Serializable;
import java.time.Instant;

/** A record's row as it is read: what all types have. Rows are written by {@link RecordTable} only. */
@MappedSuperclass
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // filled by JPA
public abstract class RecordRow<D> {

    @EmbeddedId
    private Key key;

    private long version;
    private boolean deleted;
    private Instant createdAt;
    private String createdBy;
    private Instant updatedAt;
    private String updatedBy;

    /** A row's key: the id within the factory. */
    @Embeddable
    public record Key(String factoryId, String id) implements Serializable {}

    protected abstract D details();

    public final Key key() {
        return key;
    }

    public final Instant updatedAt() {
        return updatedAt;
    }

    public final RecordView<D> view(RecordType<D, ?> type) {
        return new RecordView<>(
                type.key(key.id()),
                key.factoryId(),
                version,
                deleted,
                createdAt,
                createdBy,
                updatedAt,
                updatedBy,
                details());
    }
}
