package org.cabstand.dev.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;

/**
 * An {@link Engine} that runs in a process of its own.
 *
 * <p>Thread safety: deployments call it one after the other.
 */
abstract class Server implements Engine {

    private final Folder folder;

    /** Set by {@link #start}. */
    private int port;

    Server(Path root, String kind) {
        this.folder = new Folder(root, kind);
    }

    Path data() {
        return folder.data();
    }

    /** The server's log file. */
    Path log() {
        return folder.log();
    }

    /**
     * Starts the server unless this JVM runs it already.
     *
     * @throws FolderInUse when another JVM has it
     */
    @Override
    public final void start() throws IOException {
        switch (folder.take()) {
            case THIS_JVM:
                port = folder.port();
                if (isAnswering(port)) {
                    return;
                }
                break; // somebody has ended it
            case ANOTHER_JVM:
                throw new FolderInUse();
            default:
                break;
        }
        boolean started = false;
        try {
            folder.clearAway();
            port = folder.freePort();
            start(port);
            folder.started(port);
            started = true;
        } finally {
            if (!started) {
                folder.leave();
            }
        }
    }

    private static boolean isAnswering(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // the answer to the question
        }
    }

    /** The port on which it listens, once it has started. */
    final int port() {
        return port;
    }

    /** Starts it; it ends with the JVM. */
    abstract void start(int port) throws IOException;

    /** Another JVM uses the folder. */
    static final class FolderInUse extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
