package dev.unlost.app.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Files and directories that only their owner may read. */
final class OwnerOnly {

    private static final FileAttribute<?> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private OwnerOnly() {}

    /** @return the directory, created where it was missing, without links in its path */
    static Path directory(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY);
        return directory.toRealPath();
    }

    /** @return a new file with that text, next to {@code sibling} */
    static Path temporary(Path sibling, String text) throws IOException {
        Path file =
                Files.createTempFile(sibling.toAbsolutePath().getParent(), sibling.getFileName() + ".", ".tmp", FILE);
        return Files.writeString(file, text);
    }

    /**
     * Reads the file, having written it where it was missing. It appears whole, and whoever else does the same at the
     * same time reads the same.
     */
    static String writtenOnce(Path file, Supplier<String> text) throws IOException {
        if (Files.notExists(file)) {
            Path whole = temporary(file, text.get());
            try {
                Files.createLink(file, whole);
            } catch (FileAlreadyExistsException e) {
                return Files.readString(file);
            } finally {
                Files.delete(whole);
            }
        }
        return Files.readString(file);
    }
}
