package org.cabstand.internal.jdbc;

import java.sql.ClientInfoStatus;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * A connection as the application holds it.
 *
 * <p>Every call goes to the driver's connection of the current {@link ConnectionUse}, which the subclass
 * finds or borrows. Every change of the session's state is noted, so that it can be undone.
 *
 * <p>Thread safety: that of the subclass and of the driver's connection.
 */
public abstract class ConnectionHandle extends TrackingConnection {

    /**
     * Called after each change of the session's state that the application made.
     *
     * @param use where it was made
     * @param attribute what was changed
     * @param change how to make the change again
     */
    protected void remember(ConnectionUse use, SessionAttribute attribute, SessionChange change) {
        // a handle with a single use has nothing to remember
    }

    /**
     * Makes a change that the application asked for.
     *
     * @param use the current one
     * @param attribute what to change
     * @param change how
     * @throws SQLException when the driver refuses
     */
    protected void apply(ConnectionUse use, SessionAttribute attribute, SessionChange change)
            throws SQLException {
        change.apply(use.driverConnection());
    }

    /** Called when a transaction, or a part of it, may have been rolled back. */
    protected void rolledBack() {
        // a handle with a single use repeats nothing
    }

    /** Returns false on a closed handle; other methods throw. */
    @Override
    public boolean isValid(int timeout) throws SQLException {
        return !isClosed() && super.isValid(timeout);
    }

    // commit and rollback

    @Override
    public void commit() throws SQLException {
        checkAllowed(ConnectionUse.COMMIT);
        super.commit();
        completed();
    }

    @Override
    public void rollback() throws SQLException {
        checkAllowed("rollback()");
        super.rollback();
        completed();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        super.rollback(savepoint);
        rolledBack();
    }

    private void checkAllowed(String method) throws SQLException {
        SQLException refusal = use().refusal(method);
        if (refusal != null) {
            throw refusal;
        }
    }

    private void completed() {
        ConnectionUse use = currentUse();
        if (use != null) {
            use.completed();
        }
        rolledBack(); // a database may roll back instead of committing
    }

    // changes of the session's state

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        SQLException refusal = use().refusal("setAutoCommit(true)");
        if (refusal != null) {
            if (autoCommit) {
                throw refusal;
            }
            return; // it is always off in a transaction
        }
        boolean before = getAutoCommit();
        change(SessionAttribute.AUTO_COMMIT, c -> c.setAutoCommit(autoCommit));
        if (before != autoCommit) {
            completed(); // JDBC: switching it commits
        }
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        change(SessionAttribute.READ_ONLY, c -> c.setReadOnly(readOnly));
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        change(SessionAttribute.ISOLATION, c -> c.setTransactionIsolation(level));
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        change(SessionAttribute.HOLDABILITY, c -> c.setHoldability(holdability));
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        change(
                SessionAttribute.NETWORK_TIMEOUT,
                c -> {
                    CallFirst ours = executor == null ? null : new CallFirst(executor);
                    try {
                        c.setNetworkTimeout(ours, milliseconds);
                    } finally {
                        if (ours != null) {
                            ours.returned = true;
                        }
                    }
                });
    }

    /**
     * Runs at once what a driver passes on while it is called, and the rest by the application's executor. Some drivers
     * set the timeout by a task; the application's executor could run it when the session is somebody else's.
     */
    private static final class CallFirst implements Executor {

        private final Executor later;

        /** Written by the calling thread. */
        private volatile boolean returned;

        CallFirst(Executor later) {
            this.later = later;
        }

        @Override
        public void execute(Runnable task) {
            if (returned) {
                later.execute(task);
            } else {
                task.run();
            }
        }
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        change(SessionAttribute.SCHEMA, c -> c.setSchema(schema));
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        change(SessionAttribute.CATALOG, c -> c.setCatalog(catalog));
    }

    @Override
    public void setShardingKey(ShardingKey key) throws SQLException {
        change(SessionAttribute.SHARDING_KEY, c -> c.setShardingKey(key));
    }

    @Override
    public void setShardingKey(ShardingKey key, ShardingKey superKey) throws SQLException {
        change(SessionAttribute.SHARDING_KEY, c -> c.setShardingKey(key, superKey));
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey key, int timeout) throws SQLException {
        boolean valid = super.setShardingKeyIfValid(key, timeout);
        if (valid) {
            setShardingKey(key); // to be noted
        }
        return valid;
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey key, ShardingKey superKey, int timeout)
            throws SQLException {
        boolean valid = super.setShardingKeyIfValid(key, superKey, timeout);
        if (valid) {
            setShardingKey(key, superKey); // to be noted
        }
        return valid;
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        // a copy for each session, because drivers work with the map that they get
        Map<String, Class<?>> copy = map == null ? null : new HashMap<>(map);
        change(
                SessionAttribute.TYPE_MAP,
                c -> c.setTypeMap(copy == null ? null : new HashMap<>(copy)));
    }

    /** Returns a copy, because some drivers return the map that they work with. */
    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        Map<String, Class<?>> map = super.getTypeMap();
        return map == null ? null : new HashMap<>(map);
    }

    /** Returns a copy, because some drivers return the object that they work with. */
    @Override
    public Properties getClientInfo() throws SQLException {
        Properties properties = super.getClientInfo();
        if (properties == null) {
            return null;
        }
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        changeClientInfo(new ClientInfoChange(name, value), name);
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        changeClientInfo(
                new ClientInfoChange(properties),
                properties.stringPropertyNames().toArray(String[]::new));
    }

    private void changeClientInfo(SessionChange change, String... names)
            throws SQLClientInfoException {
        try {
            change(SessionAttribute.CLIENT_INFO, change);
        } catch (SQLClientInfoException e) {
            throw e;
        } catch (SQLException e) {
            Map<String, ClientInfoStatus> failed = new HashMap<>();
            for (String name : names) {
                failed.put(name, ClientInfoStatus.REASON_UNKNOWN);
            }
            throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), failed, e);
        }
    }

    private void change(SessionAttribute attribute, SessionChange change) throws SQLException {
        ConnectionUse use = use();
        SQLException refusal = use.refusal(attribute);
        if (refusal != null) {
            throw refusal;
        }
        boolean supported = true;
        try {
            apply(use, attribute, change);
        } catch (SQLFeatureNotSupportedException e) {
            supported = false; // nothing was changed, and nothing can be changed back
            throw e;
        } catch (SQLException e) {
            throw use.failed(e);
        } finally {
            if (supported) {
                use.changed(attribute);
            }
        }
        remember(use, attribute, change);
    }
}
