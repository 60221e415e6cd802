package dev.unlost.metahub.query;

import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubEvent;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.query.RecordProjection;
import dev.unlost.versioning.query.RecordTable;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/** Writes the events of metahubs onto their records' rows. */
@Component
@ProcessingGroup("records")
class MetahubProjection extends RecordProjection<MetahubDetails, MetahubEvent> {

    MetahubProjection(List<RecordTable<MetahubDetails, MetahubEvent>> tables, JdbcOperations jdbc, RecordLog log) {
        super(tables, jdbc, log);
    }

    @EventHandler
    void on(MetahubEvent event, DomainEventMessage<?> message) {
        project(event, message);
    }
}
