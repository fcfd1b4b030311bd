package org.cabstand.benchmarks.stub;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLWarning;
import java.sql.Statement;

/**
 * A statement without a database: no results, no updates.
 *
 * <p>Thread safety: one thread at a time, as drivers' statements.
 */
final class StubStatement implements Statement {

    private final Connection connection;
    private boolean closed;

    StubStatement(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void addBatch(String p0) {
        // nothing to do
    }

    @Override
    public void cancel() {
        // nothing to do
    }

    @Override
    public void clearBatch() {
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
    public void closeOnCompletion() {
        // nothing to do
    }

    @Override
    public boolean execute(String p0) {
        return false;
    }

    @Override
    public boolean execute(String p0, String[] p1) {
        return false;
    }

    @Override
    public boolean execute(String p0, int p1) {
        return false;
    }

    @Override
    public boolean execute(String p0, int[] p1) {
        return false;
    }

    @Override
    public int[] executeBatch() {
        return new int[0];
    }

    @Override
    public ResultSet executeQuery(String p0) {
        return null;
    }

    @Override
    public int executeUpdate(String p0) {
        return 0;
    }

    @Override
    public int executeUpdate(String p0, String[] p1) {
        return 0;
    }

    @Override
    public int executeUpdate(String p0, int p1) {
        return 0;
    }

    @Override
    public int executeUpdate(String p0, int[] p1) {
        return 0;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public int getFetchDirection() {
        return 0;
    }

    @Override
    public int getFetchSize() {
        return 0;
    }

    @Override
    public ResultSet getGeneratedKeys() {
        return null;
    }

    @Override
    public int getMaxFieldSize() {
        return 0;
    }

    @Override
    public int getMaxRows() {
        return 0;
    }

    @Override
    public boolean getMoreResults() {
        return false;
    }

    @Override
    public boolean getMoreResults(int p0) {
        return false;
    }

    @Override
    public int getQueryTimeout() {
        return 0;
    }

    @Override
    public ResultSet getResultSet() {
        return null;
    }

    @Override
    public int getResultSetConcurrency() {
        return 0;
    }

    @Override
    public int getResultSetHoldability() {
        return 0;
    }

    @Override
    public int getResultSetType() {
        return 0;
    }

    @Override
    public int getUpdateCount() {
        return -1;
    }

    @Override
    public SQLWarning getWarnings() {
        return null;
    }

    @Override
    public boolean isCloseOnCompletion() {
        return false;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isPoolable() {
        return false;
    }

    @Override
    public boolean isWrapperFor(Class<?> p0) {
        return p0.isInstance(this);
    }

    @Override
    public void setCursorName(String p0) {
        // nothing to do
    }

    @Override
    public void setEscapeProcessing(boolean p0) {
        // nothing to do
    }

    @Override
    public void setFetchDirection(int p0) {
        // nothing to do
    }

    @Override
    public void setFetchSize(int p0) {
        // nothing to do
    }

    @Override
    public void setMaxFieldSize(int p0) {
        // nothing to do
    }

    @Override
    public void setMaxRows(int p0) {
        // nothing to do
    }

    @Override
    public void setPoolable(boolean p0) {
        // nothing to do
    }

    @Override
    public void setQueryTimeout(int p0) {
        // nothing to do
    }

    @Override
    public <T> T unwrap(Class<T> p0) {
        return p0.cast(this);
    }
}
