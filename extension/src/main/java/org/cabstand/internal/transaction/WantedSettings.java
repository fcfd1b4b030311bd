package org.cabstand.internal.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * What an application has set through JDBC on one of its connections.
 *
 * <p>Each change makes another object: whether a session has all of them can be told by identity.
 *
 * <p>Thread safety: immutable.
 */
public final class WantedSettings {

    /** In place of what a session has: nobody knows, it is to be looked through. */
    static final WantedSettings UNKNOWN = new WantedSettings(Map.of());

    /** Something that was set; each time another object, though the change may go on to grow. */
    private record Wanted(SessionChange change) implements SessionChange {
        @Override
        public void apply(Connection connection) throws SQLException {
            change.apply(connection);
        }
    }

    private final Map<SessionAttribute, Wanted> changes;

    private WantedSettings(Map<SessionAttribute, Wanted> changes) {
        this.changes = changes;
    }

    /**
     * What an application wants that has set something more.
     *
     * @param before what it has set before; null for nothing
     * @param attribute what it has set now
     * @param change how
     * @return all of it
     */
    public static WantedSettings and(
            WantedSettings before, SessionAttribute attribute, SessionChange change) {
        Map<SessionAttribute, Wanted> all = new EnumMap<>(SessionAttribute.class);
        if (before != null) {
            all.putAll(before.changes);
        }
        Wanted same = all.get(attribute);
        all.put(attribute, new Wanted(same == null ? change : change.after(same.change())));
        return new WantedSettings(all);
    }

    /** How an attribute was set; null when it was not. */
    SessionChange change(SessionAttribute attribute) {
        return changes.get(attribute);
    }
}
