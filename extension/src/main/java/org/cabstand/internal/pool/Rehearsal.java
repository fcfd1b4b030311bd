package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cabstand.Credentials;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.connect.DriverCleanup;
import org.cabstand.internal.connect.DriverConnection;
import org.jspecify.annotations.Nullable;

/**
 * Opens a tiny pool over a fake database and closes it, so that every class that closing needs is loaded. If an
 * application fails while it starts, Payara Micro stops its class loader before {@code BeforeShutdown}, and no class
 * can be loaded after that.
 *
 * <p>Thread safety: stateless.
 */
public final class Rehearsal {

    /** A database that needs no driver properties. */
    private static final String URL = "jdbc:hsqldb:mem:rehearsal";

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Rehearsal() {}

    /**
     * Runs the rehearsal. A failure is logged and has no other effect.
     *
     * @param loader the application's class loader
     */
    public static void run(ClassLoader loader) {
        try {
            Pools pools = new Pools(loader);
            ConnectionPool pool = pool(pools, loader);
            try {
                pools.add(pool);
                pool.start();
                pool.borrow(null).giveBack();
            } finally {
                pools.close();
            }
            Log.debug(pool.parts().life.ended());
            Log.rehearse();
            DriverCleanup.deregister(Set.of(), List.of());
        } catch (Throwable e) { // of any kind: the application can run without a rehearsal
            Log.log(Level.WARNING, Message.NOT_REHEARSED.format(e), e);
        }
    }

    private static ConnectionPool pool(Pools pools, ClassLoader loader) {
        PoolLimits limits = new PoolLimits(0, 1, PATIENCE);
        PoolSettings settings =
                new PoolSettings(
                        "rehearsal",
                        URL,
                        null,
                        Map.of(),
                        true,
                        limits,
                        0,
                        0,
                        new PoolSettings.Timeouts(PATIENCE, null, Duration.ZERO, null),
                        new PoolSettings.Lifetime(null, null),
                        new PoolSettings.Validation(null, null, PATIENCE, null),
                        new PoolSettings.SessionSetup(true, false, null, null, Reset.STANDARD),
                        PoolSettings.Watching.NOTHING,
                        Transactions.OFF,
                        new PoolSettings.Health(false, PATIENCE, false),
                        false,
                        Set.of(),
                        List.of());
        Connection stub =
                (Connection)
                        Proxy.newProxyInstance(
                                Rehearsal.class.getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (proxy, method, arguments) ->
                                        answer(proxy, method.getName(), method.getReturnType()));
        return new ConnectionPool(
                settings,
                (url, properties) -> new DriverConnection(stub, null),
                new NoConfig(limits),
                "rehearsal",
                pools.housekeeper(),
                loader);
    }

    private static @Nullable Object answer(Object proxy, String method, Class<?> type) {
        if (type == boolean.class) {
            return method.equals("isValid") || method.equals("getAutoCommit");
        }
        if (type == int.class) {
            return method.equals("hashCode") ? System.identityHashCode(proxy) : 0;
        }
        return null;
    }

    /** A configuration that never changes. */
    private record NoConfig(PoolLimits all) implements LiveConfig {

        @Override
        public Credentials credentials() {
            return new Credentials(null, null);
        }

        @Override
        public Credentials configuredCredentials() {
            return credentials();
        }

        @Override
        public PoolLimits.Reading limits() {
            return new PoolLimits.Reading(all, List.of());
        }
    }
}
