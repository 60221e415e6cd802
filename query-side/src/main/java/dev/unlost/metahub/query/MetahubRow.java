package dev.unlost.metahub.query;

import dev.unlost.metahub.MetahubDetails;
import dev.unlost.versioning.query.RecordRow;
import jakarta.persistence.MappedSuperclass;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A record of a metahub as the read model has it. */
@MappedSuperclass
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // filled by JPA
abstract class MetahubRow extends RecordRow<MetahubDetails> {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final TypeReference<Map<String, Object>> BY_FIELD = new TypeReference<>() {};

    @JdbcTypeCode(SqlTypes.JSON)
    private String contents;

    @Override
    protected MetahubDetails details() {
        return new MetahubDetails(MAPPER.readValue(contents, BY_FIELD));
    }
}
