package dev.unlost.app.embedded;

import dev.unlost.app.startup.StartupRefused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of PostgreSQL, unpacked from the class path. */
final class Installation {

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    /**
     * @param cache where to unpack to; each build of PostgreSQL has a directory of its own below it
     * @throws StartupRefused if there is no PostgreSQL for this machine on the class path
     */
    static Installation in(Path cache) throws IOException {
        String archive = "/postgres-%s-%s.txz".formatted(system(), architecture());
        byte[] packed;
        try (InputStream in = Installation.class.getResourceAsStream(archive)) {
            if (in == null) {
                throw new StartupRefused(
                        "No embedded PostgreSQL comes with this build for %s on %s (it would be %s)."
                                .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), archive),
                        "Build the service on this machine, or set unlost.embedded.enabled=false and"
                                + " spring.datasource.*.");
            }
            packed = in.readAllBytes();
        }
        Path parent = OwnerOnly.directory(cache);
        Path home = parent.resolve(digest(packed));
        if (Files.notExists(home)) {
            unpack(packed, parent, home);
        }
        return new Installation(home);
    }

    /**
     * Runs one of the programs and waits for it.
     *
     * @throws IOException with what the program printed, if it fails
     */
    void run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, with root's files.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("%s failed: %s".formatted(program, output.strip()));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program, e);
        }
    }

    /** Unpacked beside its place and moved there, so that it is there whole or not at all. */
    private static void unpack(byte[] packed, Path parent, Path home) throws IOException {
        Path work = Files.createTempDirectory(parent, "unpack");
        try {
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(packed)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(entry, tar, work);
                }
            }
            try {
                Files.move(work, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(home)) {
                    throw e;
                }
                // another process was faster
            }
        } finally {
            delete(work);
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path work) throws IOException {
        Path target = entry.resolveIn(work);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : name;
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }

    private static String digest(byte[] packed) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(packed);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
