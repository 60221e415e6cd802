package dev.unlost.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The running server of a data directory. */
record Postmaster(ProcessHandle process, int port) {

    /**
     * Looks for it through {@code postmaster.pid}, the file that PostgreSQL keeps. The file of a server that did not end
     * properly stays behind, and its process id may since belong to anything, another PostgreSQL included.
     */
    static Optional<Postmaster> of(Path data) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() < 4) {
            return Optional.empty();
        }
        int port = Integer.parseInt(lines.get(3).strip());
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> serves(process, data))
                .map(process -> new Postmaster(process, port));
    }

    private static boolean serves(ProcessHandle process, Path data) {
        if (!process.isAlive()) {
            return false;
        }
        Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            // A server works in its data directory.
            return Files.isSameFile(workingDirectory, data);
        } catch (IOException e) {
            // Not Linux, or not ours to look at.
            return process.info()
                    .arguments()
                    .map(arguments -> List.of(arguments).contains(data.toString()))
                    .orElse(false);
        }
    }
}
