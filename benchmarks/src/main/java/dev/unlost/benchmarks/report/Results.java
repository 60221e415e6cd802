package dev.unlost.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The newest results of each part of the suite, a file each. */
public final class Results {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path directory;

    public Results(Path directory) {
        this.directory = directory;
    }

    /** What running a part has given. */
    public record Result(About about, List<Figure> figures) {}

    public void write(String part, Result result) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(file(part), JSON.writeValueAsString(result) + "\n");
    }

    /** @return empty if the part was never run */
    public Optional<Result> read(String part) throws IOException {
        return Files.exists(file(part))
                ? Optional.of(JSON.readValue(Files.readString(file(part)), Result.class))
                : Optional.empty();
    }

    private Path file(String part) {
        return directory.resolve(part + ".json");
    }
}
