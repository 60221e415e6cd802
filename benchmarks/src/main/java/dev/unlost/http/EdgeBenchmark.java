package dev.unlost.http;

import dev.unlost.benchmarks.inside.Samples;
import dev.unlost.customer.CustomerDetails;
import dev.unlost.customer.http.CustomerCodecs;
import dev.unlost.http.Preconditions.Headers;
import dev.unlost.http.Preconditions.Write;
import dev.unlost.versioning.RecordView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.node.ObjectNode;

/** What is read from requests and written into answers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EdgeBenchmark {

    private static final long VERSION = 7;

    private final RecordCodec<?> codec = CustomerCodecs.codec();
    private final RecordJson json = new RecordJson(List.of(codec));
    private final RecordView<CustomerDetails> view = Samples.view();
    private final byte[] body = Json.bytes(json.of(view));
    private final ObjectNode change = Json.object("{\"phone\":\"+49 30 0000001\"}".getBytes(StandardCharsets.UTF_8));
    private final Map<String, List<String>> ifMatch = Map.of("If-Match", List.of("\"7\""));
    private final List<String> ifNoneMatch = List.of("\"6\", W/\"7\"");

    @Benchmark
    public Object readIfMatch() {
        Headers headers = Headers.of(name -> ifMatch.getOrDefault(name, List.of()));
        return Preconditions.read(Write.CHANGE, headers, List.of(change), codec.names());
    }

    @Benchmark
    public boolean readIfNoneMatch() {
        return EntityTags.anyMatches(ifNoneMatch, VERSION);
    }

    @Benchmark
    public String writeEntityTag() {
        return EntityTags.of(VERSION);
    }

    @Benchmark
    public Object writeRecord() {
        return Json.bytes(json.of(view));
    }

    @Benchmark
    public Object readBody() {
        return Json.object(body);
    }
}
