package org.cabstand.internal.jdbc;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * What results are made of, by drivers that may have to ask the database for it: that ends with the use of
 * the connection. How many columns there are and what they are called every driver knows.
 *
 * <p>Thread safety: that of the driver's metadata.
 */
final class PooledResultSetMetaData implements ResultSetMetaData {

    private final ConnectionUse owner;
    private final ResultSetMetaData delegate;

    PooledResultSetMetaData(ConnectionUse owner, ResultSetMetaData delegate) {
        this.owner = owner;
        this.delegate = delegate;
    }

    private void check() throws SQLException {
        SQLException ended = owner.endedFor("ResultSetMetaData");
        if (ended != null) {
            throw ended;
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
    public String getColumnLabel(int column) throws SQLException {
        try {
            return delegate.getColumnLabel(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        try {
            return delegate.getColumnName(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        check();
        try {
            return delegate.getCatalogName(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        check();
        try {
            return delegate.getColumnClassName(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        check();
        try {
            return delegate.getColumnDisplaySize(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        check();
        try {
            return delegate.getColumnType(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        check();
        try {
            return delegate.getColumnTypeName(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        check();
        try {
            return delegate.getPrecision(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getScale(int column) throws SQLException {
        check();
        try {
            return delegate.getScale(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        check();
        try {
            return delegate.getSchemaName(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String getTableName(int column) throws SQLException {
        check();
        try {
            return delegate.getTableName(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        check();
        try {
            return delegate.isAutoIncrement(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        check();
        try {
            return delegate.isCaseSensitive(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        check();
        try {
            return delegate.isCurrency(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        check();
        try {
            return delegate.isDefinitelyWritable(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int isNullable(int column) throws SQLException {
        check();
        try {
            return delegate.isNullable(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        check();
        try {
            return delegate.isReadOnly(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        check();
        try {
            return delegate.isSearchable(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        check();
        try {
            return delegate.isSigned(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        check();
        try {
            return delegate.isWritable(column);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        check();
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
}
