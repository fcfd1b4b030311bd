package org.cabstand.benchmarks;

import jakarta.enterprise.context.control.RequestContextController;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Runs requests on Weld SE that select one row from PostgreSQL, in a process of its own.
 *
 * <p>It measures all sources of connections in short turns, each time in another order, so that a slow minute of the
 * machine slows all of them. {@link PostgresSuite} reads what it prints.
 *
 * <p>Thread safety: immutable.
 */
final class PostgresLoad implements AutoCloseable {

    static final int SIZE = 8;

    /** How often each source is measured, for each number of threads. */
    static final int TURNS = 5;

    static final List<Integer> THREADS = List.of(1, 2, 8, 32);

    /** Turns until the JIT compiler has done its work. */
    static final int TURNS_TO_WARM_UP = 8;

    /** Time for the database to end the sessions of a source that opens a new one for each request. */
    private static final long PAUSE_MILLIS = 300;

    /** A source of the request's connection. */
    enum Source {
        INJECTED("Cabstand, injected"),
        DATA_SOURCE("Cabstand, DataSource"),
        AGROAL("Agroal"),
        AGROAL_PRODUCED("Agroal, by a producer and a disposer"),
        /** Strictly first come, first served, as some servers' own pools are. */
        AGROAL_FAIR("Agroal behind a fair semaphore"),
        HIKARI("HikariCP"),
        NEW("a new connection each time");

        final String label;

        Source(String label) {
            this.label = label;
        }
    }

    /** Runs one request. */
    private interface Request {
        int run() throws SQLException;
    }

    private final String url;
    private final Application application;
    private final DataSource ours;
    private final Connection injected;
    private final Connection produced;
    private final Peer.Pool agroal;
    private final Peer.Pool hikari;
    private final Semaphore fair = new Semaphore(SIZE, true);

    private PostgresLoad(String url) throws SQLException {
        this.url = url;
        application = new Application(Peer.settings("main", url, SIZE), Producer.class);
        ours = application.get(DataSource.class);
        Peer.fill(ours, SIZE);
        injected = application.get(Connection.class);
        agroal = Peer.AGROAL.open(url, SIZE);
        application.get(Producer.class).from(agroal.dataSource());
        produced = application.get(Connection.class, Producer.ByHand.Literal.INSTANCE);
        hikari = Peer.HIKARI.open(url, SIZE);
    }

    /** Arguments: the database's URL, and seconds to measure each source. */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[1]);
        try (PostgresLoad load = new PostgresLoad(arguments[0])) {
            List<Source> sources = new ArrayList<>(Arrays.asList(Source.values()));
            Random order =
                    new Random(
                            TURNS); // the same in each run, but no source always follows the same
            // other one
            for (int turn = 0; turn < TURNS_TO_WARM_UP; turn++) {
                load.turn(sources, SIZE, 1);
            }
            for (int threads : THREADS) {
                for (int turn = 0; turn < TURNS; turn++) {
                    List<Figures> all = load.turn(sources, threads, seconds);
                    for (int i = 0; i < all.size(); i++) {
                        Figures figures = all.get(i);
                        System.out.printf(
                                "%d %s %f %f%n",
                                threads, sources.get(i), figures.perSecond(), figures.slowMillis());
                    }
                    Collections.shuffle(sources, order);
                }
            }
        }
    }

    /**
     * The figures of one source.
     *
     * @param perSecond requests per second
     * @param slowMillis 99 % of them took no longer
     */
    private record Figures(double perSecond, double slowMillis) {}

    /** Measures each source once. */
    private List<Figures> turn(List<Source> sources, int threads, int seconds) throws Exception {
        List<Figures> all = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (Source source : sources) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                Request request = request(source);
                long begin = System.nanoTime();
                long end = begin + TimeUnit.SECONDS.toNanos(seconds);
                Callable<long[]> client = () -> client(request, end);
                LongStream.Builder builder = LongStream.builder();
                for (Future<long[]> each :
                        executor.invokeAll(Collections.nCopies(threads, client))) {
                    Arrays.stream(each.get()).forEach(builder);
                }
                double elapsed = (System.nanoTime() - begin) / 1e9;
                long[] times = builder.build().sorted().toArray();
                all.add(
                        new Figures(
                                times.length / elapsed, times[(int) (times.length * 0.99)] / 1e6));
            }
        } finally {
            executor.shutdown();
        }
        return all;
    }

    /** Nanoseconds of each request. */
    private long[] client(Request request, long end) throws SQLException {
        RequestContextController controller = application.get(RequestContextController.class);
        LongStream.Builder times = LongStream.builder();
        long before = System.nanoTime();
        while (before - end < 0) {
            controller.activate();
            try {
                request.run();
            } finally {
                controller.deactivate();
            }
            long after = System.nanoTime();
            times.add(after - before);
            before = after;
        }
        return times.build().toArray();
    }

    private Request request(Source source) {
        return switch (source) {
            case INJECTED -> () -> select(injected);
            case DATA_SOURCE -> () -> select(ours);
            case AGROAL -> () -> select(agroal.dataSource());
            case AGROAL_PRODUCED -> () -> select(produced);
            case AGROAL_FAIR ->
                    () -> {
                        fair.acquireUninterruptibly();
                        try {
                            return select(agroal.dataSource());
                        } finally {
                            fair.release();
                        }
                    };
            case HIKARI -> () -> select(hikari.dataSource());
            case NEW ->
                    () -> {
                        try (Connection connection = DriverManager.getConnection(url)) {
                            return select(connection);
                        }
                    };
        };
    }

    private static int select(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return select(connection);
        }
    }

    private static int select(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select randomnumber from world where id = ?")) {
            statement.setInt(1, ThreadLocalRandom.current().nextInt(Postgres.ROWS) + 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Override
    public void close() {
        hikari.close();
        agroal.close();
        application.close();
    }
}
