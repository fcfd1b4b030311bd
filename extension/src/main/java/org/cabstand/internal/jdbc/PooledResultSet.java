package org.cabstand.internal.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/**
 * Results whose statement is ours, so that nothing reaches the driver's connection through them.
 *
 * <p>Errors of the calls that may read from the database are reported to the {@link ConnectionUse}; all
 * else is forwarded.
 *
 * <p>Thread safety: that of the driver's results.
 */
class PooledResultSet implements ResultSet {

    /** Final, read by the subclass: the use of the connection that these came from. */
    final ConnectionUse owner;

    /** Null in the subclass. */
    private final PooledStatement statement;

    private final ResultSet delegate;

    PooledResultSet(ConnectionUse owner, PooledStatement statement, ResultSet delegate) {
        this.owner = owner;
        this.statement = statement;
        this.delegate = delegate;
    }

    @Override
    public Statement getStatement() throws SQLException {
        try {
            return delegate.getStatement() == null ? null : statement;
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        try {
            T driver = iface.isInstance(delegate) ? iface.cast(delegate) : delegate.unwrap(iface);
            owner.unwrapped();
            return driver;
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isWrapperFor(Class<?> iface) throws SQLException {
        try {
            return iface.isInstance(delegate) || delegate.isWrapperFor(iface);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        try {
            return delegate.absolute(row);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void afterLast() throws SQLException {
        try {
            delegate.afterLast();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void beforeFirst() throws SQLException {
        try {
            delegate.beforeFirst();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        try {
            delegate.cancelRowUpdates();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void clearWarnings() throws SQLException {
        try {
            delegate.clearWarnings();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            delegate.close();
            statement.completed();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void deleteRow() throws SQLException {
        owner.executing();
        try {
            delegate.deleteRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int findColumn(String columnLabel) throws SQLException {
        try {
            return delegate.findColumn(columnLabel);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean first() throws SQLException {
        try {
            return delegate.first();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Array getArray(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getArray(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Array getArray(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getArray(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getAsciiStream(String columnLabel) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getAsciiStream(columnLabel));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getAsciiStream(int columnIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getAsciiStream(columnIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @SuppressWarnings("deprecation")
    @Override
    public BigDecimal getBigDecimal(String columnLabel, int scale) throws SQLException {
        try {
            return delegate.getBigDecimal(columnLabel, scale);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(String parameterName) throws SQLException {
        try {
            return delegate.getBigDecimal(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @SuppressWarnings("deprecation")
    @Override
    public BigDecimal getBigDecimal(int parameterIndex, int scale) throws SQLException {
        try {
            return delegate.getBigDecimal(parameterIndex, scale);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int parameterIndex) throws SQLException {
        try {
            return delegate.getBigDecimal(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getBinaryStream(String columnLabel) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBinaryStream(columnLabel));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getBinaryStream(int columnIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBinaryStream(columnIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Blob getBlob(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBlob(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Blob getBlob(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBlob(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getBoolean(String parameterName) throws SQLException {
        try {
            return delegate.getBoolean(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getBoolean(int parameterIndex) throws SQLException {
        try {
            return delegate.getBoolean(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte getByte(String parameterName) throws SQLException {
        try {
            return delegate.getByte(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte getByte(int parameterIndex) throws SQLException {
        try {
            return delegate.getByte(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte[] getBytes(String parameterName) throws SQLException {
        try {
            return delegate.getBytes(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte[] getBytes(int parameterIndex) throws SQLException {
        try {
            return delegate.getBytes(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getCharacterStream(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getCharacterStream(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getCharacterStream(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getCharacterStream(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Clob getClob(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getClob(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Clob getClob(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getClob(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getConcurrency() throws SQLException {
        try {
            return delegate.getConcurrency();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getCursorName() throws SQLException {
        try {
            return delegate.getCursorName();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(String parameterName, Calendar cal) throws SQLException {
        try {
            return delegate.getDate(parameterName, cal);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(String parameterName) throws SQLException {
        try {
            return delegate.getDate(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(int parameterIndex, Calendar cal) throws SQLException {
        try {
            return delegate.getDate(parameterIndex, cal);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(int parameterIndex) throws SQLException {
        try {
            return delegate.getDate(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public double getDouble(String parameterName) throws SQLException {
        try {
            return delegate.getDouble(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public double getDouble(int parameterIndex) throws SQLException {
        try {
            return delegate.getDouble(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        try {
            return delegate.getFetchDirection();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        try {
            return delegate.getFetchSize();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public float getFloat(String parameterName) throws SQLException {
        try {
            return delegate.getFloat(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public float getFloat(int parameterIndex) throws SQLException {
        try {
            return delegate.getFloat(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getHoldability() throws SQLException {
        try {
            return delegate.getHoldability();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getInt(String parameterName) throws SQLException {
        try {
            return delegate.getInt(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getInt(int parameterIndex) throws SQLException {
        try {
            return delegate.getInt(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLong(String parameterName) throws SQLException {
        try {
            return delegate.getLong(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLong(int parameterIndex) throws SQLException {
        try {
            return delegate.getLong(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        try {
            return new PooledResultSetMetaData(owner, delegate.getMetaData());
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getNCharacterStream(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNCharacterStream(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getNCharacterStream(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNCharacterStream(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public NClob getNClob(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNClob(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public NClob getNClob(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNClob(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getNString(String parameterName) throws SQLException {
        try {
            return delegate.getNString(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getNString(int parameterIndex) throws SQLException {
        try {
            return delegate.getNString(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T getObject(String parameterName, Class<T> type) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(parameterName, type), type);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(String parameterName, Map<String, Class<?>> map) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(parameterName, map));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T getObject(int parameterIndex, Class<T> type) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(parameterIndex, type), type);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(int parameterIndex, Map<String, Class<?>> map) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(parameterIndex, map));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Ref getRef(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getRef(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Ref getRef(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getRef(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getRow() throws SQLException {
        try {
            return delegate.getRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public RowId getRowId(String parameterName) throws SQLException {
        try {
            return delegate.getRowId(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public RowId getRowId(int parameterIndex) throws SQLException {
        try {
            return delegate.getRowId(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLXML getSQLXML(String parameterName) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getSQLXML(parameterName));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLXML getSQLXML(int parameterIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getSQLXML(parameterIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public short getShort(String parameterName) throws SQLException {
        try {
            return delegate.getShort(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public short getShort(int parameterIndex) throws SQLException {
        try {
            return delegate.getShort(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getString(String parameterName) throws SQLException {
        try {
            return delegate.getString(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getString(int parameterIndex) throws SQLException {
        try {
            return delegate.getString(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(String parameterName, Calendar cal) throws SQLException {
        try {
            return delegate.getTime(parameterName, cal);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(String parameterName) throws SQLException {
        try {
            return delegate.getTime(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(int parameterIndex, Calendar cal) throws SQLException {
        try {
            return delegate.getTime(parameterIndex, cal);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(int parameterIndex) throws SQLException {
        try {
            return delegate.getTime(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(String parameterName, Calendar cal) throws SQLException {
        try {
            return delegate.getTimestamp(parameterName, cal);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(String parameterName) throws SQLException {
        try {
            return delegate.getTimestamp(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(int parameterIndex, Calendar cal) throws SQLException {
        try {
            return delegate.getTimestamp(parameterIndex, cal);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(int parameterIndex) throws SQLException {
        try {
            return delegate.getTimestamp(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getType() throws SQLException {
        try {
            return delegate.getType();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public URL getURL(String parameterName) throws SQLException {
        try {
            return delegate.getURL(parameterName);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public URL getURL(int parameterIndex) throws SQLException {
        try {
            return delegate.getURL(parameterIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @SuppressWarnings("deprecation")
    @Override
    public InputStream getUnicodeStream(String columnLabel) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getUnicodeStream(columnLabel));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @SuppressWarnings("deprecation")
    @Override
    public InputStream getUnicodeStream(int columnIndex) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getUnicodeStream(columnIndex));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        try {
            return delegate.getWarnings();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void insertRow() throws SQLException {
        owner.executing();
        try {
            delegate.insertRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        try {
            return delegate.isAfterLast();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        try {
            return delegate.isBeforeFirst();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        try {
            return delegate.isClosed();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isFirst() throws SQLException {
        try {
            return delegate.isFirst();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isLast() throws SQLException {
        try {
            return delegate.isLast();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean last() throws SQLException {
        try {
            return delegate.last();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        try {
            delegate.moveToCurrentRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        try {
            delegate.moveToInsertRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean next() throws SQLException {
        try {
            return delegate.next();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean previous() throws SQLException {
        try {
            return delegate.previous();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void refreshRow() throws SQLException {
        owner.executing();
        try {
            delegate.refreshRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        try {
            return delegate.relative(rows);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean rowDeleted() throws SQLException {
        try {
            return delegate.rowDeleted();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean rowInserted() throws SQLException {
        try {
            return delegate.rowInserted();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean rowUpdated() throws SQLException {
        try {
            return delegate.rowUpdated();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        try {
            delegate.setFetchDirection(direction);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        try {
            delegate.setFetchSize(rows);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateArray(String columnLabel, Array x) throws SQLException {
        try {
            delegate.updateArray(columnLabel, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateArray(int columnIndex, Array x) throws SQLException {
        try {
            delegate.updateArray(columnIndex, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(String columnLabel, InputStream x, int length)
            throws SQLException {
        try {
            delegate.updateAsciiStream(columnLabel, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(String columnLabel, InputStream x, long length)
            throws SQLException {
        try {
            delegate.updateAsciiStream(columnLabel, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(String columnLabel, InputStream x) throws SQLException {
        try {
            delegate.updateAsciiStream(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(int columnIndex, InputStream x, int length) throws SQLException {
        try {
            delegate.updateAsciiStream(columnIndex, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(int columnIndex, InputStream x, long length) throws SQLException {
        try {
            delegate.updateAsciiStream(columnIndex, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(int columnIndex, InputStream x) throws SQLException {
        try {
            delegate.updateAsciiStream(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBigDecimal(String columnLabel, BigDecimal x) throws SQLException {
        try {
            delegate.updateBigDecimal(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBigDecimal(int columnIndex, BigDecimal x) throws SQLException {
        try {
            delegate.updateBigDecimal(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(String columnLabel, InputStream x, int length)
            throws SQLException {
        try {
            delegate.updateBinaryStream(columnLabel, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(String columnLabel, InputStream x, long length)
            throws SQLException {
        try {
            delegate.updateBinaryStream(columnLabel, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(String columnLabel, InputStream x) throws SQLException {
        try {
            delegate.updateBinaryStream(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(int columnIndex, InputStream x, int length) throws SQLException {
        try {
            delegate.updateBinaryStream(columnIndex, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(int columnIndex, InputStream x, long length)
            throws SQLException {
        try {
            delegate.updateBinaryStream(columnIndex, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(int columnIndex, InputStream x) throws SQLException {
        try {
            delegate.updateBinaryStream(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(String columnLabel, InputStream inputStream, long length)
            throws SQLException {
        try {
            delegate.updateBlob(columnLabel, inputStream, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(String columnLabel, InputStream inputStream) throws SQLException {
        try {
            delegate.updateBlob(columnLabel, inputStream);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(String columnLabel, Blob x) throws SQLException {
        try {
            delegate.updateBlob(columnLabel, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(int columnIndex, InputStream inputStream, long length)
            throws SQLException {
        try {
            delegate.updateBlob(columnIndex, inputStream, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(int columnIndex, InputStream inputStream) throws SQLException {
        try {
            delegate.updateBlob(columnIndex, inputStream);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(int columnIndex, Blob x) throws SQLException {
        try {
            delegate.updateBlob(columnIndex, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBoolean(String columnLabel, boolean x) throws SQLException {
        try {
            delegate.updateBoolean(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBoolean(int columnIndex, boolean x) throws SQLException {
        try {
            delegate.updateBoolean(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateByte(String columnLabel, byte x) throws SQLException {
        try {
            delegate.updateByte(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateByte(int columnIndex, byte x) throws SQLException {
        try {
            delegate.updateByte(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBytes(String columnLabel, byte[] x) throws SQLException {
        try {
            delegate.updateBytes(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBytes(int columnIndex, byte[] x) throws SQLException {
        try {
            delegate.updateBytes(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(String columnLabel, Reader reader, int length)
            throws SQLException {
        try {
            delegate.updateCharacterStream(columnLabel, reader, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(String columnLabel, Reader reader, long length)
            throws SQLException {
        try {
            delegate.updateCharacterStream(columnLabel, reader, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(String columnLabel, Reader reader) throws SQLException {
        try {
            delegate.updateCharacterStream(columnLabel, reader);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(int columnIndex, Reader x, int length) throws SQLException {
        try {
            delegate.updateCharacterStream(columnIndex, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(int columnIndex, Reader x, long length) throws SQLException {
        try {
            delegate.updateCharacterStream(columnIndex, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(int columnIndex, Reader x) throws SQLException {
        try {
            delegate.updateCharacterStream(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(String columnLabel, Reader reader, long length) throws SQLException {
        try {
            delegate.updateClob(columnLabel, reader, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(String columnLabel, Reader reader) throws SQLException {
        try {
            delegate.updateClob(columnLabel, reader);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(String columnLabel, Clob x) throws SQLException {
        try {
            delegate.updateClob(columnLabel, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(int columnIndex, Reader reader, long length) throws SQLException {
        try {
            delegate.updateClob(columnIndex, reader, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(int columnIndex, Reader reader) throws SQLException {
        try {
            delegate.updateClob(columnIndex, reader);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(int columnIndex, Clob x) throws SQLException {
        try {
            delegate.updateClob(columnIndex, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDate(String columnLabel, Date x) throws SQLException {
        try {
            delegate.updateDate(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDate(int columnIndex, Date x) throws SQLException {
        try {
            delegate.updateDate(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDouble(String columnLabel, double x) throws SQLException {
        try {
            delegate.updateDouble(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDouble(int columnIndex, double x) throws SQLException {
        try {
            delegate.updateDouble(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateFloat(String columnLabel, float x) throws SQLException {
        try {
            delegate.updateFloat(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateFloat(int columnIndex, float x) throws SQLException {
        try {
            delegate.updateFloat(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateInt(String columnLabel, int x) throws SQLException {
        try {
            delegate.updateInt(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateInt(int columnIndex, int x) throws SQLException {
        try {
            delegate.updateInt(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateLong(String columnLabel, long x) throws SQLException {
        try {
            delegate.updateLong(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateLong(int columnIndex, long x) throws SQLException {
        try {
            delegate.updateLong(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(String columnLabel, Reader reader, long length)
            throws SQLException {
        try {
            delegate.updateNCharacterStream(columnLabel, reader, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(String columnLabel, Reader reader) throws SQLException {
        try {
            delegate.updateNCharacterStream(columnLabel, reader);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(int columnIndex, Reader x, long length) throws SQLException {
        try {
            delegate.updateNCharacterStream(columnIndex, x, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(int columnIndex, Reader x) throws SQLException {
        try {
            delegate.updateNCharacterStream(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(String columnLabel, Reader reader, long length) throws SQLException {
        try {
            delegate.updateNClob(columnLabel, reader, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(String columnLabel, Reader reader) throws SQLException {
        try {
            delegate.updateNClob(columnLabel, reader);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(String columnLabel, NClob nClob) throws SQLException {
        try {
            delegate.updateNClob(columnLabel, HandedOut.driver(nClob));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(int columnIndex, Reader reader, long length) throws SQLException {
        try {
            delegate.updateNClob(columnIndex, reader, length);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(int columnIndex, Reader reader) throws SQLException {
        try {
            delegate.updateNClob(columnIndex, reader);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(int columnIndex, NClob nClob) throws SQLException {
        try {
            delegate.updateNClob(columnIndex, HandedOut.driver(nClob));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNString(String columnLabel, String nString) throws SQLException {
        try {
            delegate.updateNString(columnLabel, nString);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNString(int columnIndex, String nString) throws SQLException {
        try {
            delegate.updateNString(columnIndex, nString);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNull(String columnLabel) throws SQLException {
        try {
            delegate.updateNull(columnLabel);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNull(int columnIndex) throws SQLException {
        try {
            delegate.updateNull(columnIndex);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x, int scaleOrLength) throws SQLException {
        try {
            delegate.updateObject(columnLabel, HandedOut.driver(x), scaleOrLength);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        try {
            delegate.updateObject(columnLabel, HandedOut.driver(x), targetSqlType, scaleOrLength);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x, SQLType targetSqlType)
            throws SQLException {
        try {
            delegate.updateObject(columnLabel, HandedOut.driver(x), targetSqlType);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String columnLabel, Object x) throws SQLException {
        try {
            delegate.updateObject(columnLabel, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x, int scaleOrLength) throws SQLException {
        try {
            delegate.updateObject(columnIndex, HandedOut.driver(x), scaleOrLength);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        try {
            delegate.updateObject(columnIndex, HandedOut.driver(x), targetSqlType, scaleOrLength);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x, SQLType targetSqlType) throws SQLException {
        try {
            delegate.updateObject(columnIndex, HandedOut.driver(x), targetSqlType);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int columnIndex, Object x) throws SQLException {
        try {
            delegate.updateObject(columnIndex, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRef(String columnLabel, Ref x) throws SQLException {
        try {
            delegate.updateRef(columnLabel, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRef(int columnIndex, Ref x) throws SQLException {
        try {
            delegate.updateRef(columnIndex, HandedOut.driver(x));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRow() throws SQLException {
        owner.executing();
        try {
            delegate.updateRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRowId(String columnLabel, RowId x) throws SQLException {
        try {
            delegate.updateRowId(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRowId(int columnIndex, RowId x) throws SQLException {
        try {
            delegate.updateRowId(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateSQLXML(String columnLabel, SQLXML xmlObject) throws SQLException {
        try {
            delegate.updateSQLXML(columnLabel, HandedOut.driver(xmlObject));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateSQLXML(int columnIndex, SQLXML xmlObject) throws SQLException {
        try {
            delegate.updateSQLXML(columnIndex, HandedOut.driver(xmlObject));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateShort(String columnLabel, short x) throws SQLException {
        try {
            delegate.updateShort(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateShort(int columnIndex, short x) throws SQLException {
        try {
            delegate.updateShort(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateString(String columnLabel, String x) throws SQLException {
        try {
            delegate.updateString(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateString(int columnIndex, String x) throws SQLException {
        try {
            delegate.updateString(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTime(String columnLabel, Time x) throws SQLException {
        try {
            delegate.updateTime(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTime(int columnIndex, Time x) throws SQLException {
        try {
            delegate.updateTime(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTimestamp(String columnLabel, Timestamp x) throws SQLException {
        try {
            delegate.updateTimestamp(columnLabel, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTimestamp(int columnIndex, Timestamp x) throws SQLException {
        try {
            delegate.updateTimestamp(columnIndex, x);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean wasNull() throws SQLException {
        try {
            return delegate.wasNull();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }
}
