package dev.unlost.app.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The generated passwords of the database roles. */
public record Passwords(String admin, String owner, String app, String maintenance) {

    /** @return new ones of 128 random bits each */
    public static Passwords generate() {
        return new Passwords(random(), random(), random(), random());
    }

    /** @return those kept in the file, generated where it was missing */
    static Passwords in(Path file) throws IOException {
        Properties kept = new Properties();
        kept.load(new StringReader(OwnerOnly.writtenOnce(file, () -> generate().toProperties())));
        return new Passwords(
                requireNonNull(kept.getProperty("postgres")),
                requireNonNull(kept.getProperty("unlost_owner")),
                requireNonNull(kept.getProperty("unlost_app")),
                requireNonNull(kept.getProperty("unlost_maintenance")));
    }

    private String toProperties() {
        return Stream.of(
                        "# Passwords of the embedded PostgreSQL's roles",
                        "postgres=" + admin,
                        "unlost_owner=" + owner,
                        "unlost_app=" + app,
                        "unlost_maintenance=" + maintenance)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Passwords[…]";
    }
}
