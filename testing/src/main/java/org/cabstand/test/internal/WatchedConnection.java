package org.cabstand.test.internal;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.cabstand.internal.jdbc.ForwardingConnection;

/**
 * The part of a connection that does not depend on whose session it uses. It watches its statements, and only stores
 * settings that would be wrong for the other connections of a shared session.
 *
 * <p>Thread safety: one holder at a time.
 */
abstract class WatchedConnection extends ForwardingConnection {

    /**
     * Settings that would be wrong for the session's other connections: they are not made, but shown to the
     * application.
     */
    private final Map<String, Object> shown = new HashMap<>();

    /** Whether the connection uses its own session. */
    abstract boolean isOwn();

    /** Its own session. */
    abstract Connection own();

    /** Creates a statement. */
    abstract <S extends Statement> S made(SharedSession.Call<S> call) throws SQLException;

    /** Runs a call of a statement. */
    abstract <T> T execute(String sql, SharedSession.Call<T> call) throws SQLException;

    abstract void opened(TestStatement statement);

    abstract void closed(TestStatement statement);

    /** Forgets the stored settings. */
    final void forget() {
        shown.clear();
    }

    // state

    private interface Setter {
        void set() throws SQLException;
    }

    private interface Getter<T> {
        T get() throws SQLException;
    }

    private void set(String attribute, Object value, Setter setter) throws SQLException {
        if (isOwn()) {
            setter.set();
        } else {
            shown.put(attribute, value);
        }
    }

    @SuppressWarnings("unchecked") // setter and getter of an attribute agree
    private <T> T get(String attribute, Getter<T> getter) throws SQLException {
        Object value = shown.get(attribute);
        return value == null ? getter.get() : (T) value;
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        set("isolation", level, () -> own().setTransactionIsolation(level));
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return get("isolation", own()::getTransactionIsolation);
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        set("read-only", readOnly, () -> own().setReadOnly(readOnly));
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return get("read-only", own()::isReadOnly);
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        set("holdability", holdability, () -> own().setHoldability(holdability));
    }

    @Override
    public int getHoldability() throws SQLException {
        return get("holdability", own()::getHoldability);
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        set("network-timeout", milliseconds, () -> own().setNetworkTimeout(executor, milliseconds));
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return get("network-timeout", own()::getNetworkTimeout);
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        set("type-map", map, () -> own().setTypeMap(map));
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        return get("type-map", own()::getTypeMap);
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        if (isOwn()) {
            own().setClientInfo(name, value);
        } else {
            Properties changed = shownClientInfo();
            if (value == null) {
                changed.remove(name);
            } else {
                changed.setProperty(name, value);
            }
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        if (isOwn()) {
            own().setClientInfo(properties);
        } else {
            Properties changed = new Properties();
            changed.putAll(properties);
            shown.put("client-info", changed);
        }
    }

    private Properties shownClientInfo() throws SQLClientInfoException {
        Properties changed = (Properties) shown.get("client-info");
        if (changed == null) {
            changed = new Properties();
            try {
                Properties before = own().getClientInfo();
                if (before != null) {
                    changed.putAll(before);
                }
            } catch (SQLException e) {
                throw new SQLClientInfoException(Map.of(), e);
            }
            shown.put("client-info", changed);
        }
        return changed;
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        return get("client-info", own()::getClientInfo);
    }

    @Override
    public String getClientInfo(String name) throws SQLException {
        Properties changed = (Properties) shown.get("client-info");
        return changed == null ? own().getClientInfo(name) : changed.getProperty(name);
    }

    // statements

    @Override
    public Statement createStatement() throws SQLException {
        return TestStatement.of(this, super.createStatement(), null);
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return TestStatement.of(this, super.createStatement(type, concurrency), null);
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability)
            throws SQLException {
        return TestStatement.of(this, super.createStatement(type, concurrency, holdability), null);
    }

    private <S extends Statement> S prepared(String sql, SharedSession.Call<S> call)
            throws SQLException {
        return TestStatement.of(this, made(call), sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepared(sql, () -> super.prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        return prepared(sql, () -> super.prepareStatement(sql, keys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        return prepared(sql, () -> super.prepareStatement(sql, columns));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        return prepared(sql, () -> super.prepareStatement(sql, columns));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency)
            throws SQLException {
        return prepared(sql, () -> super.prepareStatement(sql, type, concurrency));
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int type, int concurrency, int holdability) throws SQLException {
        return prepared(sql, () -> super.prepareStatement(sql, type, concurrency, holdability));
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return prepared(sql, () -> super.prepareCall(sql));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency)
            throws SQLException {
        return prepared(sql, () -> super.prepareCall(sql, type, concurrency));
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepared(sql, () -> super.prepareCall(sql, type, concurrency, holdability));
    }
}
