package org.cabstand.internal.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * Unwraps our objects, for applications that go past them to the driver.
 *
 * <p>Thread safety: that of what is wrapped.
 */
final class Wrappers {

    private Wrappers() {}

    /**
     * Returns the driver's object, or one that it wraps.
     *
     * @param owner told that the application may work unseen from now on
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
