package org.cabstand.dev.internal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An {@link Engine} that runs in a process of its own.
 *
 * <p>Thread safety: deployments call it one after the other.
 */
abstract class Server implements Engine {

    private final Folder folder;

    Server(Path root, String kind) {
        this.folder = new Folder(root, kind);
    }

    Path data() {
        return folder.data();
    }

    /**
     * The port of the server, which is started unless this JVM has it already.
     *
     * @throws FolderInUse when another JVM has it
     */
    int port() throws IOException {
        switch (folder.take()) {
            case THIS_JVM:
                return folder.port();
            case ANOTHER_JVM:
                throw new FolderInUse();
            default:
                break;
        }
        boolean started = false;
        try {
            folder.clearAway();
            int port = folder.freePort();
            start(port);
            folder.started(port);
            started = true;
            return port;
        } finally {
            if (!started) {
                folder.leave();
            }
        }
    }

    /** Starts it; it ends with the JVM. */
    abstract void start(int port) throws IOException;

    /** Another JVM uses the folder. */
    static final class FolderInUse extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
