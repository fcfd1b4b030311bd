package org.cabstand.internal.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * How wrappers of ours lead to what they wrap: past them, and past the pool.
 *
 * <p>Thread safety: that of what is wrapped.
 */
final class Wrappers {

    private Wrappers() {}

    /**
     * The driver's object, or what that wraps.
     *
     * @param owner is told that the application works unseen from now on
     */
    static <T> T unwrap(ConnectionUse owner, Wrapper delegate, Class<T> iface) throws SQLException {
        T driver = iface.isInstance(delegate) ? iface.cast(delegate) : delegate.unwrap(iface);
        owner.unwrapped();
        return driver;
    }

    static boolean isWrapperFor(Wrapper delegate, Class<?> iface) throws SQLException {
        return iface.isInstance(delegate) || delegate.isWrapperFor(iface);
    }
}
