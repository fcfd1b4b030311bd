// Written by ForwarderGenerator, which says how to write it again: do not edit.
package org.cabstand.internal.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import javax.annotation.processing.Generated;

/**
 * What results are made of; some drivers ask the database for it.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
@SuppressWarnings("deprecation")
final class PooledResultSetMetaData implements ResultSetMetaData {

    final ConnectionUse owner;
    final ResultSetMetaData delegate;

    PooledResultSetMetaData(ConnectionUse owner, ResultSetMetaData delegate) {
        this.owner = owner;
        this.delegate = delegate;
    }

    @Override
    public String getCatalogName(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getCatalogName(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getColumnClassName(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getColumnClassName(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getColumnCount() throws SQLException {
        try {
            return delegate.getColumnCount();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getColumnDisplaySize(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getColumnDisplaySize(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getColumnLabel(int a) throws SQLException {
        try {
            return delegate.getColumnLabel(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getColumnName(int a) throws SQLException {
        try {
            return delegate.getColumnName(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getColumnType(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getColumnType(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getColumnTypeName(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getColumnTypeName(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getPrecision(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getPrecision(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getScale(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getScale(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getSchemaName(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getSchemaName(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getTableName(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.getTableName(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isAutoIncrement(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isAutoIncrement(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isCaseSensitive(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isCaseSensitive(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isCurrency(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isCurrency(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isDefinitelyWritable(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isDefinitelyWritable(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int isNullable(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isNullable(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isReadOnly(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isReadOnly(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isSearchable(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isSearchable(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isSigned(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isSigned(a);
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
    public boolean isWritable(int a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return delegate.isWritable(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> a) throws SQLException {
        owner.checkNotOver("ResultSetMetaData");
        try {
            return Wrappers.unwrap(owner, delegate, a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }
}
