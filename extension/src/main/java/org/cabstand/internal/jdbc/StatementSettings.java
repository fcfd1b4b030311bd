package org.cabstand.internal.jdbc;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.cabstand.internal.Log;

/**
 * The driver's settings of a statement before the application changed them.
 *
 * <p>Drivers may keep a closed statement and hand it to the next one who prepares the same SQL, with its settings.
 * MySQL Connector/J does that with {@code useServerPrepStmts} and {@code cachePrepStmts}. One borrower's row limit
 * would then apply to another one.
 *
 * <p>Thread safety: that of the driver's statement.
 */
final class StatementSettings {

    private interface Getter {
        int get(Statement statement) throws SQLException;
    }

    private interface Setter {
        void set(Statement statement, int value) throws SQLException;
    }

    /** The settings that applications can change. */
    enum Setting {
        MAX_ROWS(Statement::getMaxRows, Statement::setMaxRows),
        MAX_FIELD_SIZE(Statement::getMaxFieldSize, Statement::setMaxFieldSize),
        FETCH_SIZE(Statement::getFetchSize, Statement::setFetchSize),
        FETCH_DIRECTION(Statement::getFetchDirection, Statement::setFetchDirection),
        QUERY_TIMEOUT(Statement::getQueryTimeout, Statement::setQueryTimeout);

        private final Getter getter;
        private final Setter setter;

        Setting(Getter getter, Setter setter) {
            this.getter = getter;
            this.setter = setter;
        }
    }

    private final Map<Setting, Integer> before = new EnumMap<>(Setting.class);

    /** Set when there is no way back. */
    private boolean lost;

    /** Notes that a setting is about to be changed. */
    void changing(Setting setting, Statement statement) {
        if (!before.containsKey(setting)) {
            try {
                before.put(setting, setting.getter.get(statement));
            } catch (SQLException | RuntimeException e) {
                lost = true;
            }
        }
    }

    /** Notes a change that cannot be undone. */
    void lost() {
        lost = true;
    }

    /** Restores the statement, or makes the driver discard it. */
    void restore(Statement statement) {
        try {
            for (Map.Entry<Setting, Integer> setting : before.entrySet()) {
                setting.getKey().setter.set(statement, setting.getValue());
            }
            if (lost) {
                statement.setPoolable(false);
            }
        } catch (SQLException | RuntimeException e) {
            Log.debug("a statement could not be left as it was", e);
            discard(statement);
        }
    }

    private static void discard(Statement statement) {
        try {
            statement.setPoolable(false);
        } catch (SQLException | RuntimeException e) {
            Log.debug("a statement could not be made one that is not kept", e);
        }
    }
}
