package dev.unlost.metahub.command;

import dev.unlost.metahub.MetahubCommand.CreateMetahubRecord;
import dev.unlost.metahub.MetahubCommand.DeleteMetahubRecord;
import dev.unlost.metahub.MetahubCommand.ReplaceMetahubRecord;
import dev.unlost.metahub.MetahubCommand.RestoreMetahubRecord;
import dev.unlost.metahub.MetahubCommand.UpdateMetahubRecord;
import dev.unlost.metahub.MetahubDetails;
import dev.unlost.metahub.MetahubEvent;
import dev.unlost.metahub.MetahubType;
import dev.unlost.versioning.FieldErrors;
import dev.unlost.versioning.RecordCommand;
import dev.unlost.versioning.RecordKey;
import dev.unlost.versioning.RecordLog;
import dev.unlost.versioning.RecordView;
import dev.unlost.versioning.Refusal.RuleViolated;
import dev.unlost.versioning.command.RecordAggregate;
import java.time.Clock;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.conflictresolution.ConflictResolver;
import org.axonframework.messaging.MetaData;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * What may be done to a hub, a catalog, an attribute or an element: the same to each. What they demand of each other is
 * in {@link MetahubSetRules}.
 */
@Aggregate(type = "metahub", repository = "metahubRepository", commandTargetResolver = "recordTargetResolver")
class MetahubRecord extends RecordAggregate<MetahubDetails, MetahubEvent> {

    private final MetahubType type;

    MetahubRecord(RecordKey key, @Nullable RecordView<MetahubDetails> view) {
        super(MetahubType.named(key.type()), key, view);
        this.type = MetahubType.named(key.type());
    }

    @CommandHandler
    RecordView<MetahubDetails> handle(CreateMetahubRecord command, MetaData metaData, Clock clock) {
        RecordView<MetahubDetails> created = append(type.created(command.details()), command, metaData, clock);
        // only now is it known what they must say; a refusal takes the event back
        command.readOnly().mustMatch(created);
        return created;
    }

    @CommandHandler
    RecordView<MetahubDetails> handle(
            UpdateMetahubRecord command, MetaData metaData, Clock clock, ConflictResolver unseen) {
        mustNotOverlap(command, unseen);
        return become(command.patch().applyTo(current().details()), command, metaData, clock);
    }

    @CommandHandler
    RecordView<MetahubDetails> handle(ReplaceMetahubRecord command, MetaData metaData, Clock clock) {
        return become(command.details(), command, metaData, clock);
    }

    @CommandHandler
    RecordView<MetahubDetails> handle(DeleteMetahubRecord command, MetaData metaData, Clock clock) {
        return append(type.deleted(), command, metaData, clock);
    }

    @CommandHandler
    RecordView<MetahubDetails> handle(RestoreMetahubRecord command, MetaData metaData, Clock clock, RecordLog log) {
        long toVersion = command.toVersion();
        return become(
                contentsAt(toVersion, log),
                (before, after) -> type.restored(toVersion, before, after),
                command,
                metaData,
                clock);
    }

    private RecordView<MetahubDetails> become(
            MetahubDetails wanted, RecordCommand command, MetaData metaData, Clock clock) {
        FieldErrors errors = new FieldErrors();
        for (String field : type.lasting()) {
            if (!Objects.equals(wanted.get(field), current().details().get(field))) {
                errors.add(field, "read-only", "stays as it was when the record was created");
            }
        }
        if (!errors.isEmpty()) {
            throw new RuleViolated("read-only", errors.all());
        }
        return become(wanted, type::updated, command, metaData, clock);
    }
}
