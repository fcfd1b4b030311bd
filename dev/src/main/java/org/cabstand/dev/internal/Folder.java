package org.cabstand.dev.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A folder with the data of one database server, used by one JVM at a time.
 *
 * <p>A file lock ensures that; the operating system releases it however the JVM ends. To another or redeployed
 * application in the same JVM, the lock tells that the server is already running.
 *
 * <p>Thread safety: safe for concurrent use; deployments of one application are one after the other.
 */
final class Folder {

    /** The owner of a folder. */
    enum Owner {
        NOBODY,
        THIS_JVM,
        ANOTHER_JVM
    }

    /** The suffix of the file with the port of the running server, or of the last one. */
    private static final String PORT = ".port";

    /** The suffix of a file that exists when the data is complete. */
    private static final String READY = ".ready";

    private static final long SECONDS_TO_END = 10;

    /** The channels of this JVM's locks, kept because an unreachable channel is closed. */
    private static final Map<Path, FileChannel> LOCKED = new ConcurrentHashMap<>();

    private final Path root;
    private final String kind;

    /** The data of one kind of server below a folder. */
    Folder(Path root, String kind) {
        this.root = root;
        this.kind = kind;
    }

    Path data() {
        return root.resolve(kind);
    }

    Path log() {
        return file(".log");
    }

    private Path file(String suffix) {
        return root.resolve(kind + suffix);
    }

    /** Takes the folder for this JVM, if nobody has it. */
    Owner take() throws IOException {
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(
                        file(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return Owner.THIS_JVM;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            return Owner.ANOTHER_JVM;
        }
        LOCKED.put(file(".lock"), channel);
        return Owner.NOBODY;
    }

    /** Releases the folder after a failed start. */
    void leave() throws IOException {
        FileChannel channel = LOCKED.remove(file(".lock"));
        if (channel != null) {
            channel.close();
        }
    }

    /** Removes what a crashed JVM has left behind: its server, and incomplete data. */
    void clearAway() throws IOException {
        String data = data().toString();
        List<ProcessHandle> orphans =
                ProcessHandle.allProcesses().filter(process -> isServerOf(process, data)).toList();
        orphans.forEach(ProcessHandle::destroy);
        for (ProcessHandle orphan : orphans) {
            try {
                orphan.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                orphan.destroyForcibly();
            } catch (ExecutionException e) {
                throw new IOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a server that was left ends", e);
            }
        }
        if (!Files.exists(file(READY))) {
            delete(data());
        }
    }

    private static boolean isServerOf(ProcessHandle process, String data) {
        String command = process.info().command().orElse("");
        return (command.endsWith("postgres")
                        || command.endsWith("mariadbd")
                        || command.endsWith("mysqld"))
                && process.info()
                        .arguments()
                        .map(
                                arguments ->
                                        Arrays.stream(arguments)
                                                .anyMatch(each -> each.endsWith(data)))
                        .orElse(false);
    }

    /** Called when the server has started: the data is complete, and other applications in this JVM find the server. */
    void started(int port) throws IOException {
        Files.writeString(file(PORT), String.valueOf(port));
        Files.writeString(file(READY), "");
    }

    /** The port of the running server. */
    int port() throws IOException {
        return Integer.parseInt(Files.readString(file(PORT)).strip());
    }

    /** The last port, so that it stays the same for people, or else any free port. */
    int freePort() throws IOException {
        if (Files.exists(file(PORT))) {
            try (ServerSocket last =
                    new ServerSocket(port(), 1, InetAddress.getLoopbackAddress())) {
                return last.getLocalPort();
            } catch (IOException | NumberFormatException e) {
                // it is in use: take another one
            }
        }
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException error)
                            throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
