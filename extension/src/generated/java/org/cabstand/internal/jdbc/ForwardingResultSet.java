// Written by ForwarderGenerator, which says how to write it again: do not edit.
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
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import javax.annotation.processing.Generated;

/**
 * What our results leave to the driver's.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
@SuppressWarnings("deprecation")
abstract class ForwardingResultSet implements ResultSet {

    final ConnectionUse owner;
    final ResultSet delegate;

    ForwardingResultSet(ConnectionUse owner, ResultSet delegate) {
        this.owner = owner;
        this.delegate = delegate;
    }

    @Override
    public boolean absolute(int a) throws SQLException {
        try {
            return delegate.absolute(a);
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
    public void deleteRow() throws SQLException {
        owner.executing();
        try {
            delegate.deleteRow();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int findColumn(String a) throws SQLException {
        try {
            return delegate.findColumn(a);
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
    public Array getArray(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getArray(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Array getArray(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getArray(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getAsciiStream(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getAsciiStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getAsciiStream(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getAsciiStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(String a) throws SQLException {
        try {
            return delegate.getBigDecimal(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(String a, int b) throws SQLException {
        try {
            return delegate.getBigDecimal(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int a) throws SQLException {
        try {
            return delegate.getBigDecimal(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int a, int b) throws SQLException {
        try {
            return delegate.getBigDecimal(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getBinaryStream(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBinaryStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getBinaryStream(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBinaryStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Blob getBlob(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBlob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Blob getBlob(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getBlob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getBoolean(String a) throws SQLException {
        try {
            return delegate.getBoolean(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getBoolean(int a) throws SQLException {
        try {
            return delegate.getBoolean(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte getByte(String a) throws SQLException {
        try {
            return delegate.getByte(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte getByte(int a) throws SQLException {
        try {
            return delegate.getByte(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte[] getBytes(String a) throws SQLException {
        try {
            return delegate.getBytes(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte[] getBytes(int a) throws SQLException {
        try {
            return delegate.getBytes(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getCharacterStream(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getCharacterStream(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Clob getClob(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getClob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Clob getClob(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getClob(a));
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
    public Date getDate(String a) throws SQLException {
        try {
            return delegate.getDate(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(String a, Calendar b) throws SQLException {
        try {
            return delegate.getDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(int a) throws SQLException {
        try {
            return delegate.getDate(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(int a, Calendar b) throws SQLException {
        try {
            return delegate.getDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public double getDouble(String a) throws SQLException {
        try {
            return delegate.getDouble(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public double getDouble(int a) throws SQLException {
        try {
            return delegate.getDouble(a);
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
    public float getFloat(String a) throws SQLException {
        try {
            return delegate.getFloat(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public float getFloat(int a) throws SQLException {
        try {
            return delegate.getFloat(a);
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
    public int getInt(String a) throws SQLException {
        try {
            return delegate.getInt(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getInt(int a) throws SQLException {
        try {
            return delegate.getInt(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLong(String a) throws SQLException {
        try {
            return delegate.getLong(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLong(int a) throws SQLException {
        try {
            return delegate.getLong(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        try {
            return HandedOut.metaData(owner, delegate.getMetaData());
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getNCharacterStream(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getNCharacterStream(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public NClob getNClob(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNClob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public NClob getNClob(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getNClob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getNString(String a) throws SQLException {
        try {
            return delegate.getNString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getNString(int a) throws SQLException {
        try {
            return delegate.getNString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T getObject(String a, Class<T> b) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(a, b), b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(String a, Map<String, Class<?>> b) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(a, b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T getObject(int a, Class<T> b) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(a, b), b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(int a, Map<String, Class<?>> b) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getObject(a, b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Ref getRef(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getRef(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Ref getRef(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getRef(a));
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
    public RowId getRowId(String a) throws SQLException {
        try {
            return delegate.getRowId(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public RowId getRowId(int a) throws SQLException {
        try {
            return delegate.getRowId(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLXML getSQLXML(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getSQLXML(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLXML getSQLXML(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getSQLXML(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public short getShort(String a) throws SQLException {
        try {
            return delegate.getShort(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public short getShort(int a) throws SQLException {
        try {
            return delegate.getShort(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getString(String a) throws SQLException {
        try {
            return delegate.getString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getString(int a) throws SQLException {
        try {
            return delegate.getString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(String a) throws SQLException {
        try {
            return delegate.getTime(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(String a, Calendar b) throws SQLException {
        try {
            return delegate.getTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(int a) throws SQLException {
        try {
            return delegate.getTime(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(int a, Calendar b) throws SQLException {
        try {
            return delegate.getTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(String a) throws SQLException {
        try {
            return delegate.getTimestamp(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(String a, Calendar b) throws SQLException {
        try {
            return delegate.getTimestamp(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(int a) throws SQLException {
        try {
            return delegate.getTimestamp(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(int a, Calendar b) throws SQLException {
        try {
            return delegate.getTimestamp(a, b);
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
    public URL getURL(String a) throws SQLException {
        try {
            return delegate.getURL(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public URL getURL(int a) throws SQLException {
        try {
            return delegate.getURL(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getUnicodeStream(String a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getUnicodeStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public InputStream getUnicodeStream(int a) throws SQLException {
        try {
            return HandedOut.of(owner, delegate.getUnicodeStream(a));
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
    public boolean isWrapperFor(Class<?> a) throws SQLException {
        try {
            return Wrappers.isWrapperFor(delegate, a);
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
    public boolean relative(int a) throws SQLException {
        try {
            return delegate.relative(a);
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
    public void setFetchDirection(int a) throws SQLException {
        try {
            delegate.setFetchDirection(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFetchSize(int a) throws SQLException {
        try {
            delegate.setFetchSize(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> a) throws SQLException {
        try {
            return Wrappers.unwrap(owner, delegate, a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateArray(String a, Array b) throws SQLException {
        try {
            delegate.updateArray(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateArray(int a, Array b) throws SQLException {
        try {
            delegate.updateArray(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(String a, InputStream b) throws SQLException {
        try {
            delegate.updateAsciiStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(String a, InputStream b, int c) throws SQLException {
        try {
            delegate.updateAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(String a, InputStream b, long c) throws SQLException {
        try {
            delegate.updateAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(int a, InputStream b) throws SQLException {
        try {
            delegate.updateAsciiStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(int a, InputStream b, int c) throws SQLException {
        try {
            delegate.updateAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateAsciiStream(int a, InputStream b, long c) throws SQLException {
        try {
            delegate.updateAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBigDecimal(String a, BigDecimal b) throws SQLException {
        try {
            delegate.updateBigDecimal(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBigDecimal(int a, BigDecimal b) throws SQLException {
        try {
            delegate.updateBigDecimal(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(String a, InputStream b) throws SQLException {
        try {
            delegate.updateBinaryStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(String a, InputStream b, int c) throws SQLException {
        try {
            delegate.updateBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(String a, InputStream b, long c) throws SQLException {
        try {
            delegate.updateBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(int a, InputStream b) throws SQLException {
        try {
            delegate.updateBinaryStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(int a, InputStream b, int c) throws SQLException {
        try {
            delegate.updateBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBinaryStream(int a, InputStream b, long c) throws SQLException {
        try {
            delegate.updateBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(String a, Blob b) throws SQLException {
        try {
            delegate.updateBlob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(String a, InputStream b) throws SQLException {
        try {
            delegate.updateBlob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(String a, InputStream b, long c) throws SQLException {
        try {
            delegate.updateBlob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(int a, Blob b) throws SQLException {
        try {
            delegate.updateBlob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(int a, InputStream b) throws SQLException {
        try {
            delegate.updateBlob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBlob(int a, InputStream b, long c) throws SQLException {
        try {
            delegate.updateBlob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBoolean(String a, boolean b) throws SQLException {
        try {
            delegate.updateBoolean(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBoolean(int a, boolean b) throws SQLException {
        try {
            delegate.updateBoolean(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateByte(String a, byte b) throws SQLException {
        try {
            delegate.updateByte(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateByte(int a, byte b) throws SQLException {
        try {
            delegate.updateByte(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBytes(String a, byte[] b) throws SQLException {
        try {
            delegate.updateBytes(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateBytes(int a, byte[] b) throws SQLException {
        try {
            delegate.updateBytes(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(String a, Reader b) throws SQLException {
        try {
            delegate.updateCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(String a, Reader b, int c) throws SQLException {
        try {
            delegate.updateCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(String a, Reader b, long c) throws SQLException {
        try {
            delegate.updateCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(int a, Reader b) throws SQLException {
        try {
            delegate.updateCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(int a, Reader b, int c) throws SQLException {
        try {
            delegate.updateCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateCharacterStream(int a, Reader b, long c) throws SQLException {
        try {
            delegate.updateCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(String a, Clob b) throws SQLException {
        try {
            delegate.updateClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(String a, Reader b) throws SQLException {
        try {
            delegate.updateClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(String a, Reader b, long c) throws SQLException {
        try {
            delegate.updateClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(int a, Clob b) throws SQLException {
        try {
            delegate.updateClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(int a, Reader b) throws SQLException {
        try {
            delegate.updateClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateClob(int a, Reader b, long c) throws SQLException {
        try {
            delegate.updateClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDate(String a, Date b) throws SQLException {
        try {
            delegate.updateDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDate(int a, Date b) throws SQLException {
        try {
            delegate.updateDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDouble(String a, double b) throws SQLException {
        try {
            delegate.updateDouble(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateDouble(int a, double b) throws SQLException {
        try {
            delegate.updateDouble(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateFloat(String a, float b) throws SQLException {
        try {
            delegate.updateFloat(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateFloat(int a, float b) throws SQLException {
        try {
            delegate.updateFloat(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateInt(String a, int b) throws SQLException {
        try {
            delegate.updateInt(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateInt(int a, int b) throws SQLException {
        try {
            delegate.updateInt(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateLong(String a, long b) throws SQLException {
        try {
            delegate.updateLong(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateLong(int a, long b) throws SQLException {
        try {
            delegate.updateLong(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(String a, Reader b) throws SQLException {
        try {
            delegate.updateNCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(String a, Reader b, long c) throws SQLException {
        try {
            delegate.updateNCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(int a, Reader b) throws SQLException {
        try {
            delegate.updateNCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNCharacterStream(int a, Reader b, long c) throws SQLException {
        try {
            delegate.updateNCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(String a, NClob b) throws SQLException {
        try {
            delegate.updateNClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(String a, Reader b) throws SQLException {
        try {
            delegate.updateNClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(String a, Reader b, long c) throws SQLException {
        try {
            delegate.updateNClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(int a, NClob b) throws SQLException {
        try {
            delegate.updateNClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(int a, Reader b) throws SQLException {
        try {
            delegate.updateNClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNClob(int a, Reader b, long c) throws SQLException {
        try {
            delegate.updateNClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNString(String a, String b) throws SQLException {
        try {
            delegate.updateNString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNString(int a, String b) throws SQLException {
        try {
            delegate.updateNString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNull(String a) throws SQLException {
        try {
            delegate.updateNull(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateNull(int a) throws SQLException {
        try {
            delegate.updateNull(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String a, Object b) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String a, Object b, SQLType c) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String a, Object b, SQLType c, int d) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b), c, d);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(String a, Object b, int c) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int a, Object b) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int a, Object b, SQLType c) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int a, Object b, SQLType c, int d) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b), c, d);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateObject(int a, Object b, int c) throws SQLException {
        try {
            delegate.updateObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRef(String a, Ref b) throws SQLException {
        try {
            delegate.updateRef(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRef(int a, Ref b) throws SQLException {
        try {
            delegate.updateRef(a, HandedOut.driver(b));
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
    public void updateRowId(String a, RowId b) throws SQLException {
        try {
            delegate.updateRowId(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateRowId(int a, RowId b) throws SQLException {
        try {
            delegate.updateRowId(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateSQLXML(String a, SQLXML b) throws SQLException {
        try {
            delegate.updateSQLXML(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateSQLXML(int a, SQLXML b) throws SQLException {
        try {
            delegate.updateSQLXML(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateShort(String a, short b) throws SQLException {
        try {
            delegate.updateShort(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateShort(int a, short b) throws SQLException {
        try {
            delegate.updateShort(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateString(String a, String b) throws SQLException {
        try {
            delegate.updateString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateString(int a, String b) throws SQLException {
        try {
            delegate.updateString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTime(String a, Time b) throws SQLException {
        try {
            delegate.updateTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTime(int a, Time b) throws SQLException {
        try {
            delegate.updateTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTimestamp(String a, Timestamp b) throws SQLException {
        try {
            delegate.updateTimestamp(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void updateTimestamp(int a, Timestamp b) throws SQLException {
        try {
            delegate.updateTimestamp(a, b);
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
