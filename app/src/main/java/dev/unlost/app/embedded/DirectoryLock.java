package dev.unlost.app.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps nodes, of this process and of others, from starting and stopping the same server at once. */
final class DirectoryLock {

    /** A file lock holds between processes only. */
    private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until the lock is free. It goes with the process, however that ends. */
    static DirectoryLock acquire(Path directory) throws IOException {
        WITHIN_PROCESS.lock();
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            locked = true;
            return new DirectoryLock(channel);
        } finally {
            if (!locked) {
                WITHIN_PROCESS.unlock();
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    void close() throws IOException {
        try {
            channel.close();
        } finally {
            WITHIN_PROCESS.unlock();
        }
    }
}
