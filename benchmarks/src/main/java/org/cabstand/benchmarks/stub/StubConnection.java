package org.cabstand.benchmarks.stub;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/**
 * A session of no database: it remembers whether it is in auto-commit mode, and does nothing else.
 *
 * <p>Thread safety: one thread at a time, as drivers' connections.
 */
final class StubConnection implements Connection {

    private boolean autoCommit = true;
    private boolean closed;

    @Override
    public void abort(Executor p0) {
        // nothing to do
    }

    @Override
    public void clearWarnings() {
        // nothing to do
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void commit() {
        // nothing to do
    }

    @Override
    public Array createArrayOf(String p0, Object[] p1) {
        return null;
    }

    @Override
    public Blob createBlob() {
        return null;
    }

    @Override
    public Clob createClob() {
        return null;
    }

    @Override
    public NClob createNClob() {
        return null;
    }

    @Override
    public SQLXML createSQLXML() {
        return null;
    }

    @Override
    public Statement createStatement() {
        return new StubStatement(this);
    }

    @Override
    public Statement createStatement(int p0, int p1) {
        return null;
    }

    @Override
    public Statement createStatement(int p0, int p1, int p2) {
        return null;
    }

    @Override
    public Struct createStruct(String p0, Object[] p1) {
        return null;
    }

    @Override
    public boolean getAutoCommit() {
        return autoCommit;
    }

    @Override
    public String getCatalog() {
        return null;
    }

    @Override
    public Properties getClientInfo() {
        return new Properties();
    }

    @Override
    public String getClientInfo(String p0) {
        return null;
    }

    @Override
    public int getHoldability() {
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public DatabaseMetaData getMetaData() {
        return null;
    }

    @Override
    public int getNetworkTimeout() {
        return 0;
    }

    @Override
    public String getSchema() {
        return null;
    }

    @Override
    public int getTransactionIsolation() {
        return TRANSACTION_READ_COMMITTED;
    }

    @Override
    public Map<String, Class<?>> getTypeMap() {
        return Map.of();
    }

    @Override
    public SQLWarning getWarnings() {
        return null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public boolean isValid(int p0) {
        return !closed;
    }

    @Override
    public boolean isWrapperFor(Class<?> p0) {
        return p0.isInstance(this);
    }

    @Override
    public String nativeSQL(String p0) {
        return null;
    }

    @Override
    public CallableStatement prepareCall(String p0) {
        return null;
    }

    @Override
    public CallableStatement prepareCall(String p0, int p1, int p2) {
        return null;
    }

    @Override
    public CallableStatement prepareCall(String p0, int p1, int p2, int p3) {
        return null;
    }

    @Override
    public PreparedStatement prepareStatement(String p0) {
        return null;
    }

    @Override
    public PreparedStatement prepareStatement(String p0, int p1) {
        return null;
    }

    @Override
    public PreparedStatement prepareStatement(String p0, int[] p1) {
        return null;
    }

    @Override
    public PreparedStatement prepareStatement(String p0, String[] p1) {
        return null;
    }

    @Override
    public PreparedStatement prepareStatement(String p0, int p1, int p2) {
        return null;
    }

    @Override
    public PreparedStatement prepareStatement(String p0, int p1, int p2, int p3) {
        return null;
    }

    @Override
    public void releaseSavepoint(Savepoint p0) {
        // nothing to do
    }

    @Override
    public void rollback() {
        // nothing to do
    }

    @Override
    public void rollback(Savepoint p0) {
        // nothing to do
    }

    @Override
    public void setAutoCommit(boolean p0) {
        autoCommit = p0;
    }

    @Override
    public void setCatalog(String p0) {
        // nothing to do
    }

    @Override
    public void setClientInfo(Properties p0) {
        // nothing to do
    }

    @Override
    public void setClientInfo(String p0, String p1) {
        // nothing to do
    }

    @Override
    public void setHoldability(int p0) {
        // nothing to do
    }

    @Override
    public void setNetworkTimeout(Executor p0, int p1) {
        // nothing to do
    }

    @Override
    public void setReadOnly(boolean p0) {
        // nothing to do
    }

    @Override
    public Savepoint setSavepoint() {
        return null;
    }

    @Override
    public Savepoint setSavepoint(String p0) {
        return null;
    }

    @Override
    public void setSchema(String p0) {
        // nothing to do
    }

    @Override
    public void setTransactionIsolation(int p0) {
        // nothing to do
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> p0) {
        // nothing to do
    }

    @Override
    public <T> T unwrap(Class<T> p0) {
        return p0.cast(this);
    }
}
