// Written by ForwarderGenerator, which says how to write it again: do not edit.
package org.cabstand.internal.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.ShardingKey;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import javax.annotation.processing.Generated;

/**
 * Forwards every call to another connection and does nothing else.
 *
 * <p>Its subclasses say where calls go and what happens with the errors that come back. {@code abort}
 * and {@code setClientInfo} are theirs too: the one is never a plain forward, the other throws an
 * exception of its own.
 *
 * <p>Thread safety: that of the subclass.
 */
@Generated("ForwarderGenerator")
public abstract class ForwardingConnection implements Connection {

    /**
     * The connection that gets the call.
     *
     * @return an open connection
     * @throws SQLException when there is none
     */
    protected abstract Connection delegate() throws SQLException;

    /**
     * Told of every error of the delegate, before the caller sees it.
     *
     * @param error what the delegate threw
     * @return what the caller gets
     */
    protected SQLException failed(SQLException error) {
        return error;
    }

    @Override
    public void beginRequest() throws SQLException {
        try {
            delegate().beginRequest();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void clearWarnings() throws SQLException {
        try {
            delegate().clearWarnings();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            delegate().close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void commit() throws SQLException {
        try {
            delegate().commit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Array createArrayOf(String a, Object[] b) throws SQLException {
        try {
            return delegate().createArrayOf(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Blob createBlob() throws SQLException {
        try {
            return delegate().createBlob();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Clob createClob() throws SQLException {
        try {
            return delegate().createClob();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public NClob createNClob() throws SQLException {
        try {
            return delegate().createNClob();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        try {
            return delegate().createSQLXML();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Statement createStatement() throws SQLException {
        try {
            return delegate().createStatement();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Statement createStatement(int a, int b) throws SQLException {
        try {
            return delegate().createStatement(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Statement createStatement(int a, int b, int c) throws SQLException {
        try {
            return delegate().createStatement(a, b, c);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Struct createStruct(String a, Object[] b) throws SQLException {
        try {
            return delegate().createStruct(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void endRequest() throws SQLException {
        try {
            delegate().endRequest();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        try {
            return delegate().getAutoCommit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String getCatalog() throws SQLException {
        try {
            return delegate().getCatalog();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        try {
            return delegate().getClientInfo();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String getClientInfo(String a) throws SQLException {
        try {
            return delegate().getClientInfo(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        try {
            return delegate().getHoldability();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        try {
            return delegate().getMetaData();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        try {
            return delegate().getNetworkTimeout();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String getSchema() throws SQLException {
        try {
            return delegate().getSchema();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        try {
            return delegate().getTransactionIsolation();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        try {
            return delegate().getTypeMap();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        try {
            return delegate().getWarnings();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        try {
            return delegate().isClosed();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        try {
            return delegate().isReadOnly();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean isValid(int a) throws SQLException {
        try {
            return delegate().isValid(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean isWrapperFor(Class<?> a) throws SQLException {
        try {
            return delegate().isWrapperFor(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public String nativeSQL(String a) throws SQLException {
        try {
            return delegate().nativeSQL(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public CallableStatement prepareCall(String a) throws SQLException {
        try {
            return delegate().prepareCall(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public CallableStatement prepareCall(String a, int b, int c) throws SQLException {
        try {
            return delegate().prepareCall(a, b, c);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public CallableStatement prepareCall(String a, int b, int c, int d) throws SQLException {
        try {
            return delegate().prepareCall(a, b, c, d);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String a) throws SQLException {
        try {
            return delegate().prepareStatement(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String a, String[] b) throws SQLException {
        try {
            return delegate().prepareStatement(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String a, int b) throws SQLException {
        try {
            return delegate().prepareStatement(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String a, int b, int c) throws SQLException {
        try {
            return delegate().prepareStatement(a, b, c);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String a, int b, int c, int d) throws SQLException {
        try {
            return delegate().prepareStatement(a, b, c, d);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String a, int[] b) throws SQLException {
        try {
            return delegate().prepareStatement(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void releaseSavepoint(Savepoint a) throws SQLException {
        try {
            delegate().releaseSavepoint(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void rollback() throws SQLException {
        try {
            delegate().rollback();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void rollback(Savepoint a) throws SQLException {
        try {
            delegate().rollback(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setAutoCommit(boolean a) throws SQLException {
        try {
            delegate().setAutoCommit(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setCatalog(String a) throws SQLException {
        try {
            delegate().setCatalog(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setHoldability(int a) throws SQLException {
        try {
            delegate().setHoldability(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setNetworkTimeout(Executor a, int b) throws SQLException {
        try {
            delegate().setNetworkTimeout(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setReadOnly(boolean a) throws SQLException {
        try {
            delegate().setReadOnly(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        try {
            return delegate().setSavepoint();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public Savepoint setSavepoint(String a) throws SQLException {
        try {
            return delegate().setSavepoint(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setSchema(String a) throws SQLException {
        try {
            delegate().setSchema(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setShardingKey(ShardingKey a) throws SQLException {
        try {
            delegate().setShardingKey(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setShardingKey(ShardingKey a, ShardingKey b) throws SQLException {
        try {
            delegate().setShardingKey(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey a, ShardingKey b, int c) throws SQLException {
        try {
            return delegate().setShardingKeyIfValid(a, b, c);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean setShardingKeyIfValid(ShardingKey a, int b) throws SQLException {
        try {
            return delegate().setShardingKeyIfValid(a, b);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setTransactionIsolation(int a) throws SQLException {
        try {
            delegate().setTransactionIsolation(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> a) throws SQLException {
        try {
            delegate().setTypeMap(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> a) throws SQLException {
        try {
            return delegate().unwrap(a);
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
