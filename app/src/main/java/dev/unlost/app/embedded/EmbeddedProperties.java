package dev.unlost.app.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The PostgreSQL that the service brings along for development.
 *
 * @param enabled whether to start it, or to join it where another node has; false by default, true in the development
 *     profile
 * @param directory where its data, its passwords and the development signing key are kept; relative to the working
 *     directory; nodes with the same directory share the database
 * @param port on the loopback interface, 1 to 65535; a server that runs already keeps the one it has
 * @param binaries where its programs are unpacked once, about 60 MB; by default below the user's home
 */
@ConfigurationProperties("unlost.embedded")
public record EmbeddedProperties(boolean enabled, Path directory, int port, Path binaries) {

    public EmbeddedProperties(
            @DefaultValue("false") boolean enabled,
            @DefaultValue(".unlost/postgres") Path directory,
            @DefaultValue("54329") int port,
            @Nullable Path binaries) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("unlost.embedded.port is not 1 to 65535: " + port);
        }
        this.enabled = enabled;
        this.directory = directory;
        this.port = port;
        this.binaries =
                binaries == null ? Path.of(System.getProperty("user.home"), ".cache/unlost/postgres") : binaries;
    }
}
