package dev.unlost.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StealTest {

    @TempDir
    private Path directory;

    @Test
    void isAShareOfTheTimeOfAllProcessorsWithoutThatOfGuests() throws IOException {
        Steal before = Steal.of(stat("cpu  100 10 20 300 5 0 5 60 40 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n"))
                .orElseThrow();
        Steal after = Steal.of(stat("cpu  150 10 30 320 5 0 5 80 90 0\n")).orElseThrow();
        assertThat(before).isEqualTo(new Steal(60, 500));
        assertThat(after.since(before)).isEqualTo(0.2);
        assertThat(after.since(after)).isZero();
    }

    @Test
    void isUnknownWhereTheKernelDoesNotSay() throws IOException {
        assertThat(Steal.of(directory.resolve("missing"))).isEmpty();
        assertThat(Steal.of(stat("cpu  100 10 20 300\n"))).isEmpty();
        assertThat(Steal.of(stat("intr 1\n"))).isEmpty();
    }

    private Path stat(String text) throws IOException {
        return Files.writeString(directory.resolve("stat"), text);
    }
}
