// Written by ForwarderGenerator, which says how to write it again: do not edit.
package org.cabstand.internal.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import javax.annotation.processing.Generated;

/**
 * A {@link PooledStatement} that calls a procedure.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
@SuppressWarnings("deprecation")
final class PooledCallableStatement extends PooledPreparedStatement implements CallableStatement {

    final CallableStatement callable;

    PooledCallableStatement(ConnectionUse owner, String sql, CallableStatement callable) {
        super(owner, sql, callable);
        this.callable = callable;
    }

    @Override
    public Array getArray(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getArray(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Array getArray(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getArray(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(String a) throws SQLException {
        try {
            return callable.getBigDecimal(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int a) throws SQLException {
        try {
            return callable.getBigDecimal(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public BigDecimal getBigDecimal(int a, int b) throws SQLException {
        try {
            return callable.getBigDecimal(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Blob getBlob(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getBlob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Blob getBlob(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getBlob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getBoolean(String a) throws SQLException {
        try {
            return callable.getBoolean(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getBoolean(int a) throws SQLException {
        try {
            return callable.getBoolean(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte getByte(String a) throws SQLException {
        try {
            return callable.getByte(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte getByte(int a) throws SQLException {
        try {
            return callable.getByte(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte[] getBytes(String a) throws SQLException {
        try {
            return callable.getBytes(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public byte[] getBytes(int a) throws SQLException {
        try {
            return callable.getBytes(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getCharacterStream(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getCharacterStream(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Clob getClob(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getClob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Clob getClob(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getClob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(String a) throws SQLException {
        try {
            return callable.getDate(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(String a, Calendar b) throws SQLException {
        try {
            return callable.getDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(int a) throws SQLException {
        try {
            return callable.getDate(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Date getDate(int a, Calendar b) throws SQLException {
        try {
            return callable.getDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public double getDouble(String a) throws SQLException {
        try {
            return callable.getDouble(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public double getDouble(int a) throws SQLException {
        try {
            return callable.getDouble(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public float getFloat(String a) throws SQLException {
        try {
            return callable.getFloat(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public float getFloat(int a) throws SQLException {
        try {
            return callable.getFloat(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getInt(String a) throws SQLException {
        try {
            return callable.getInt(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getInt(int a) throws SQLException {
        try {
            return callable.getInt(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLong(String a) throws SQLException {
        try {
            return callable.getLong(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLong(int a) throws SQLException {
        try {
            return callable.getLong(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getNCharacterStream(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getNCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Reader getNCharacterStream(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getNCharacterStream(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public NClob getNClob(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getNClob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public NClob getNClob(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getNClob(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getNString(String a) throws SQLException {
        try {
            return callable.getNString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getNString(int a) throws SQLException {
        try {
            return callable.getNString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getObject(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T getObject(String a, Class<T> b) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getObject(a, b), b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(String a, Map<String, Class<?>> b) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getObject(a, b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getObject(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T getObject(int a, Class<T> b) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getObject(a, b), b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Object getObject(int a, Map<String, Class<?>> b) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getObject(a, b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Ref getRef(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getRef(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Ref getRef(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getRef(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public RowId getRowId(String a) throws SQLException {
        try {
            return callable.getRowId(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public RowId getRowId(int a) throws SQLException {
        try {
            return callable.getRowId(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLXML getSQLXML(String a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getSQLXML(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLXML getSQLXML(int a) throws SQLException {
        try {
            return HandedOut.of(owner, callable.getSQLXML(a));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public short getShort(String a) throws SQLException {
        try {
            return callable.getShort(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public short getShort(int a) throws SQLException {
        try {
            return callable.getShort(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getString(String a) throws SQLException {
        try {
            return callable.getString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getString(int a) throws SQLException {
        try {
            return callable.getString(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(String a) throws SQLException {
        try {
            return callable.getTime(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(String a, Calendar b) throws SQLException {
        try {
            return callable.getTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(int a) throws SQLException {
        try {
            return callable.getTime(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Time getTime(int a, Calendar b) throws SQLException {
        try {
            return callable.getTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(String a) throws SQLException {
        try {
            return callable.getTimestamp(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(String a, Calendar b) throws SQLException {
        try {
            return callable.getTimestamp(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(int a) throws SQLException {
        try {
            return callable.getTimestamp(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public Timestamp getTimestamp(int a, Calendar b) throws SQLException {
        try {
            return callable.getTimestamp(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public URL getURL(String a) throws SQLException {
        try {
            return callable.getURL(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public URL getURL(int a) throws SQLException {
        try {
            return callable.getURL(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(String a, SQLType b) throws SQLException {
        try {
            callable.registerOutParameter(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(String a, SQLType b, String c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(String a, SQLType b, int c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(String a, int b) throws SQLException {
        try {
            callable.registerOutParameter(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(String a, int b, String c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(String a, int b, int c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(int a, SQLType b) throws SQLException {
        try {
            callable.registerOutParameter(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(int a, SQLType b, String c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(int a, SQLType b, int c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(int a, int b) throws SQLException {
        try {
            callable.registerOutParameter(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(int a, int b, String c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void registerOutParameter(int a, int b, int c) throws SQLException {
        try {
            callable.registerOutParameter(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setAsciiStream(String a, InputStream b) throws SQLException {
        try {
            callable.setAsciiStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setAsciiStream(String a, InputStream b, int c) throws SQLException {
        try {
            callable.setAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setAsciiStream(String a, InputStream b, long c) throws SQLException {
        try {
            callable.setAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBigDecimal(String a, BigDecimal b) throws SQLException {
        try {
            callable.setBigDecimal(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBinaryStream(String a, InputStream b) throws SQLException {
        try {
            callable.setBinaryStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBinaryStream(String a, InputStream b, int c) throws SQLException {
        try {
            callable.setBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBinaryStream(String a, InputStream b, long c) throws SQLException {
        try {
            callable.setBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBlob(String a, Blob b) throws SQLException {
        try {
            callable.setBlob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBlob(String a, InputStream b) throws SQLException {
        try {
            callable.setBlob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBlob(String a, InputStream b, long c) throws SQLException {
        try {
            callable.setBlob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBoolean(String a, boolean b) throws SQLException {
        try {
            callable.setBoolean(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setByte(String a, byte b) throws SQLException {
        try {
            callable.setByte(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBytes(String a, byte[] b) throws SQLException {
        try {
            callable.setBytes(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCharacterStream(String a, Reader b) throws SQLException {
        try {
            callable.setCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCharacterStream(String a, Reader b, int c) throws SQLException {
        try {
            callable.setCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCharacterStream(String a, Reader b, long c) throws SQLException {
        try {
            callable.setCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setClob(String a, Clob b) throws SQLException {
        try {
            callable.setClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setClob(String a, Reader b) throws SQLException {
        try {
            callable.setClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setClob(String a, Reader b, long c) throws SQLException {
        try {
            callable.setClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setDate(String a, Date b) throws SQLException {
        try {
            callable.setDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setDate(String a, Date b, Calendar c) throws SQLException {
        try {
            callable.setDate(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setDouble(String a, double b) throws SQLException {
        try {
            callable.setDouble(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFloat(String a, float b) throws SQLException {
        try {
            callable.setFloat(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setInt(String a, int b) throws SQLException {
        try {
            callable.setInt(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setLong(String a, long b) throws SQLException {
        try {
            callable.setLong(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNCharacterStream(String a, Reader b) throws SQLException {
        try {
            callable.setNCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNCharacterStream(String a, Reader b, long c) throws SQLException {
        try {
            callable.setNCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNClob(String a, NClob b) throws SQLException {
        try {
            callable.setNClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNClob(String a, Reader b) throws SQLException {
        try {
            callable.setNClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNClob(String a, Reader b, long c) throws SQLException {
        try {
            callable.setNClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNString(String a, String b) throws SQLException {
        try {
            callable.setNString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNull(String a, int b) throws SQLException {
        try {
            callable.setNull(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNull(String a, int b, String c) throws SQLException {
        try {
            callable.setNull(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(String a, Object b) throws SQLException {
        try {
            callable.setObject(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(String a, Object b, SQLType c) throws SQLException {
        try {
            callable.setObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(String a, Object b, SQLType c, int d) throws SQLException {
        try {
            callable.setObject(a, HandedOut.driver(b), c, d);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(String a, Object b, int c) throws SQLException {
        try {
            callable.setObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(String a, Object b, int c, int d) throws SQLException {
        try {
            callable.setObject(a, HandedOut.driver(b), c, d);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setRowId(String a, RowId b) throws SQLException {
        try {
            callable.setRowId(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setSQLXML(String a, SQLXML b) throws SQLException {
        try {
            callable.setSQLXML(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setShort(String a, short b) throws SQLException {
        try {
            callable.setShort(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setString(String a, String b) throws SQLException {
        try {
            callable.setString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTime(String a, Time b) throws SQLException {
        try {
            callable.setTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTime(String a, Time b, Calendar c) throws SQLException {
        try {
            callable.setTime(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTimestamp(String a, Timestamp b) throws SQLException {
        try {
            callable.setTimestamp(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTimestamp(String a, Timestamp b, Calendar c) throws SQLException {
        try {
            callable.setTimestamp(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setURL(String a, URL b) throws SQLException {
        try {
            callable.setURL(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean wasNull() throws SQLException {
        try {
            return callable.wasNull();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }
}
