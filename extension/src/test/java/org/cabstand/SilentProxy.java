package org.cabstand;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A way to a database on which sessions can be made to hear nothing any more: as after a failover, or
 * behind a firewall that has forgotten them.
 */
final class SilentProxy implements AutoCloseable {

    private final int target;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Link> links = new ConcurrentLinkedQueue<>();

    SilentProxy(int target) throws IOException {
        this.target = target;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Those who are connected get no answer from now on; who connects later does. */
    void silence() {
        links.forEach(link -> link.silent = true);
    }

    /** Those who are connected get one byte of an answer each second. */
    void trickle() {
        links.forEach(link -> link.trickling = true);
    }

    /** How many have connected. */
    int connections() {
        return links.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Link link = new Link(client, new Socket(door.getInetAddress(), target));
                links.add(link);
                threads.execute(() -> link.pump(link.client, link.server));
                threads.execute(() -> link.pump(link.server, link.client));
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Link link : links) {
            link.close();
        }
        threads.shutdown();
    }

    private static final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean silent;
        private volatile boolean trickling;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Discards data while silent; it is still read, so that no writer blocks. */
        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (trickling && from == server) {
                        trickle(out, buffer, n);
                    } else if (!silent) {
                        out.write(buffer, 0, n);
                    }
                }
            } catch (IOException | InterruptedException e) {
                close(); // one side has gone: so does the other
            }
        }

        private void trickle(OutputStream out, byte[] buffer, int length)
                throws IOException, InterruptedException {
            for (int i = 0; i < length && !silent; i++) {
                TimeUnit.SECONDS.sleep(1); // this is the fault
                out.write(buffer, i, 1);
            }
        }

        private void close() {
            try (client;
                    server) {
                silent = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
