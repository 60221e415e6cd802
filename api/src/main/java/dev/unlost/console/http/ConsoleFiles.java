package dev.unlost.console.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files that the console consists of, as far as the service was built with it. They are listed once: what is not on
 * the list is not looked for, however it is spelt.
 */
final class ConsoleFiles {

    private static final String COMPRESSED = ".gz";

    private final Map<String, Resource> files;

    private ConsoleFiles(Map<String, Resource> files) {
        this.files = Map.copyOf(files);
    }

    /** @param folder on the class path, such as {@code console}; it need not be there */
    static ConsoleFiles in(String folder) {
        PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
        try {
            Map<String, Resource> files = new HashMap<>();
            for (Resource root : classPath.getResources("classpath*:" + folder + "/")) {
                String prefix = root.getURL().toString();
                for (Resource file : classPath.getResources(prefix + "**")) {
                    String path = file.getURL().toString().substring(prefix.length());
                    if (!path.isEmpty() && !path.endsWith("/") && file.isReadable()) {
                        files.put(path, file);
                    }
                }
            }
            return new ConsoleFiles(files);
        } catch (IOException e) {
            throw new UncheckedIOException(folder, e);
        }
    }

    /** @param path below the folder, such as {@code assets/index-a1b2c3.js} */
    Optional<Resource> file(String path) {
        return path.endsWith(COMPRESSED) ? Optional.empty() : Optional.ofNullable(files.get(path));
    }

    /** @return the same file as gzip has it, where the build has compressed it */
    Optional<Resource> compressed(String path) {
        return Optional.ofNullable(files.get(path + COMPRESSED));
    }
}
