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
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import javax.annotation.processing.Generated;

/**
 * A {@link PooledStatement} that was prepared.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
@SuppressWarnings("deprecation")
class PooledPreparedStatement extends PooledStatement implements PreparedStatement {

    /** As the application wrote it. */
    private final String sql;

    final PreparedStatement prepared;

    PooledPreparedStatement(ConnectionUse owner, String sql, PreparedStatement prepared) {
        super(owner, prepared);
        this.prepared = prepared;
        this.sql = sql;
    }

    @Override
    final String text() {
        return sql;
    }

    @Override
    public void addBatch() throws SQLException {
        try {
            prepared.addBatch();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void clearParameters() throws SQLException {
        try {
            prepared.clearParameters();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean execute() throws SQLException {
        executing(text());
        try {
            return executed(prepared.execute());
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        executing(text());
        try {
            return executed(prepared.executeLargeUpdate());
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        executing(text());
        try {
            return executed(prepared.executeQuery());
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public int executeUpdate() throws SQLException {
        executing(text());
        try {
            return executed(prepared.executeUpdate());
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        try {
            return HandedOut.metaData(owner, prepared.getMetaData());
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        try {
            return HandedOut.of(owner, prepared.getParameterMetaData());
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setArray(int a, Array b) throws SQLException {
        try {
            prepared.setArray(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setAsciiStream(int a, InputStream b) throws SQLException {
        try {
            prepared.setAsciiStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setAsciiStream(int a, InputStream b, int c) throws SQLException {
        try {
            prepared.setAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setAsciiStream(int a, InputStream b, long c) throws SQLException {
        try {
            prepared.setAsciiStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBigDecimal(int a, BigDecimal b) throws SQLException {
        try {
            prepared.setBigDecimal(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBinaryStream(int a, InputStream b) throws SQLException {
        try {
            prepared.setBinaryStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBinaryStream(int a, InputStream b, int c) throws SQLException {
        try {
            prepared.setBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBinaryStream(int a, InputStream b, long c) throws SQLException {
        try {
            prepared.setBinaryStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBlob(int a, Blob b) throws SQLException {
        try {
            prepared.setBlob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBlob(int a, InputStream b) throws SQLException {
        try {
            prepared.setBlob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBlob(int a, InputStream b, long c) throws SQLException {
        try {
            prepared.setBlob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBoolean(int a, boolean b) throws SQLException {
        try {
            prepared.setBoolean(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setByte(int a, byte b) throws SQLException {
        try {
            prepared.setByte(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setBytes(int a, byte[] b) throws SQLException {
        try {
            prepared.setBytes(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCharacterStream(int a, Reader b) throws SQLException {
        try {
            prepared.setCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCharacterStream(int a, Reader b, int c) throws SQLException {
        try {
            prepared.setCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCharacterStream(int a, Reader b, long c) throws SQLException {
        try {
            prepared.setCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setClob(int a, Clob b) throws SQLException {
        try {
            prepared.setClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setClob(int a, Reader b) throws SQLException {
        try {
            prepared.setClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setClob(int a, Reader b, long c) throws SQLException {
        try {
            prepared.setClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setDate(int a, Date b) throws SQLException {
        try {
            prepared.setDate(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setDate(int a, Date b, Calendar c) throws SQLException {
        try {
            prepared.setDate(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setDouble(int a, double b) throws SQLException {
        try {
            prepared.setDouble(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFloat(int a, float b) throws SQLException {
        try {
            prepared.setFloat(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setInt(int a, int b) throws SQLException {
        try {
            prepared.setInt(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setLong(int a, long b) throws SQLException {
        try {
            prepared.setLong(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNCharacterStream(int a, Reader b) throws SQLException {
        try {
            prepared.setNCharacterStream(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNCharacterStream(int a, Reader b, long c) throws SQLException {
        try {
            prepared.setNCharacterStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNClob(int a, NClob b) throws SQLException {
        try {
            prepared.setNClob(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNClob(int a, Reader b) throws SQLException {
        try {
            prepared.setNClob(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNClob(int a, Reader b, long c) throws SQLException {
        try {
            prepared.setNClob(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNString(int a, String b) throws SQLException {
        try {
            prepared.setNString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNull(int a, int b) throws SQLException {
        try {
            prepared.setNull(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setNull(int a, int b, String c) throws SQLException {
        try {
            prepared.setNull(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(int a, Object b) throws SQLException {
        try {
            prepared.setObject(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(int a, Object b, SQLType c) throws SQLException {
        try {
            prepared.setObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(int a, Object b, SQLType c, int d) throws SQLException {
        try {
            prepared.setObject(a, HandedOut.driver(b), c, d);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(int a, Object b, int c) throws SQLException {
        try {
            prepared.setObject(a, HandedOut.driver(b), c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setObject(int a, Object b, int c, int d) throws SQLException {
        try {
            prepared.setObject(a, HandedOut.driver(b), c, d);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setRef(int a, Ref b) throws SQLException {
        try {
            prepared.setRef(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setRowId(int a, RowId b) throws SQLException {
        try {
            prepared.setRowId(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setSQLXML(int a, SQLXML b) throws SQLException {
        try {
            prepared.setSQLXML(a, HandedOut.driver(b));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setShort(int a, short b) throws SQLException {
        try {
            prepared.setShort(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setString(int a, String b) throws SQLException {
        try {
            prepared.setString(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTime(int a, Time b) throws SQLException {
        try {
            prepared.setTime(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTime(int a, Time b, Calendar c) throws SQLException {
        try {
            prepared.setTime(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTimestamp(int a, Timestamp b) throws SQLException {
        try {
            prepared.setTimestamp(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setTimestamp(int a, Timestamp b, Calendar c) throws SQLException {
        try {
            prepared.setTimestamp(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setURL(int a, URL b) throws SQLException {
        try {
            prepared.setURL(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setUnicodeStream(int a, InputStream b, int c) throws SQLException {
        try {
            prepared.setUnicodeStream(a, b, c);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }
}
