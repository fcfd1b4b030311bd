package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Gives a session that several connections share the schema and the catalog of the one that works on it.
 *
 * <p>Thread safety: guarded by the session's lock.
 */
final class Choices {

    private final Connection session;
    private final String originalSchema;
    private final String originalCatalog;

    /** The connection whose schema and catalog the session has; null if unknown. */
    private SavepointConnection current;

    /** Whether any connection has chosen one. */
    private boolean any;

    Choices(Connection session) throws SQLException {
        this.session = session;
        this.originalSchema = session.getSchema();
        this.originalCatalog = session.getCatalog();
    }

    /** Called when it is a connection's turn. */
    void apply(SavepointConnection who) throws SQLException {
        if (current != who && any) {
            if (who.schema != null || current == null || current.schema != null) {
                set(who.schema, originalSchema, session.getSchema(), session::setSchema);
            }
            if (who.catalog != null || current == null || current.catalog != null) {
                set(who.catalog, originalCatalog, session.getCatalog(), session::setCatalog);
            }
        }
        current = who;
    }

    /** Called when the connection whose turn it is has chosen another one. */
    void changed(SavepointConnection who) throws SQLException {
        any = true;
        unknown();
        apply(who);
    }

    /** Called after a rollback, with which a database may undo a choice. */
    void unknown() {
        current = null;
    }

    /** Called when the session belongs to its pool again. */
    void restore() throws SQLException {
        if (any) {
            set(null, originalSchema, session.getSchema(), session::setSchema);
            set(null, originalCatalog, session.getCatalog(), session::setCatalog);
        }
    }

    private interface Setter {
        void set(String value) throws SQLException;
    }

    private static void set(String wanted, String original, String now, Setter setter)
            throws SQLException {
        String value = wanted == null ? original : wanted;
        if (value != null && !Objects.equals(value, now)) {
            setter.set(value);
        }
    }
}
