package dev.unlost.benchmarks.inside;

import dev.unlost.customer.CustomerEvent.CustomerUpdated;
import dev.unlost.customer.CustomerType;
import dev.unlost.versioning.EventMetaData;
import dev.unlost.versioning.ExpectedVersion;
import dev.unlost.versioning.command.NamedEventSerializer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Events and what stands beside them, as they are stored. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EventJsonBenchmark {

    private final NamedEventSerializer serializer = new NamedEventSerializer(List.of(CustomerType.INSTANCE));
    private final CustomerUpdated event = Samples.updated(1);
    private final MetaData metaData =
            MetaData.from(EventMetaData.of(Samples.ORIGIN, Samples.TIME, ExpectedVersion.UNCONDITIONAL));
    private final SerializedObject<String> storedEvent = serializer.serialize(event, String.class);
    private final SerializedObject<String> storedCreation = serializer.serialize(Samples.created(), String.class);
    private final SerializedObject<String> storedMetaData = serializer.serialize(metaData, String.class);

    @Benchmark
    public Object writeUpdate() {
        return serializer.serialize(event, String.class);
    }

    @Benchmark
    public Object writeMetaData() {
        return serializer.serialize(metaData, String.class);
    }

    @Benchmark
    public Object readUpdate() {
        return serializer.deserialize(storedEvent);
    }

    @Benchmark
    public Object readCreation() {
        return serializer.deserialize(storedCreation);
    }

    @Benchmark
    public Object readMetaData() {
        return serializer.deserialize(storedMetaData);
    }
}
