package org.cabstand.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Generates HTTP load, in a process of its own, so that it shares no JVM with the server that it measures.
 *
 * <p>Each thread keeps one connection to the server and sends the next request as soon as it has an answer. A failed
 * request ends the run, which has then measured nothing. URLs are measured one after the other; for each it prints a
 * line, which {@link ServerSuite} reads.
 */
final class Load {

    private Load() {}

    /** Arguments: seconds to measure each URL (after a third of that as a warm-up), connections, and the URLs. */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        int connections = Integer.parseInt(arguments[1]);
        System.setProperty("http.maxConnections", arguments[1]);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            for (String url : List.of(arguments).subList(2, arguments.length)) {
                long[] times = times(threads, new URL(url), seconds, connections);
                System.out.printf(
                        "%f %f %f%n",
                        (double) times.length / seconds,
                        times[times.length / 2] / 1e6,
                        times[(int) (times.length * 0.99)] / 1e6);
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Nanoseconds of each request, sorted. */
    private static long[] times(ExecutorService threads, URL url, int seconds, int connections)
            throws Exception {
        long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) / 3;
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        List<Callable<long[]>> clients =
                Collections.nCopies(connections, () -> client(url, begin, end));
        LongStream.Builder all = LongStream.builder();
        for (Future<long[]> client : threads.invokeAll(clients)) {
            Arrays.stream(client.get()).forEach(all);
        }
        return all.build().sorted().toArray();
    }

    private static long[] client(URL url, long begin, long end) throws IOException {
        byte[] buffer = new byte[8192];
        LongStream.Builder times = LongStream.builder();
        for (long asked = System.nanoTime(); asked - end < 0; asked = System.nanoTime()) {
            HttpURLConnection request = (HttpURLConnection) url.openConnection();
            if (request.getResponseCode() != 200) {
                throw new IOException(url + " answered " + request.getResponseCode());
            }
            try (InputStream answer = request.getInputStream()) {
                while (answer.read(buffer) >= 0) {
                    // read to its end, so that the connection can be used again
                }
            }
            if (asked - begin >= 0) {
                times.add(System.nanoTime() - asked);
            }
        }
        return times.build().toArray();
    }
}
