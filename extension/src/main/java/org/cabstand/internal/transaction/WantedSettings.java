package org.cabstand.internal.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.jspecify.annotations.Nullable;

/**
 * The settings that an application has made on one of its connections, by methods such as {@code setReadOnly}.
 *
 * <p>Each change makes a new object, so that identity tells whether a session has them all.
 *
 * <p>Thread safety: immutable.
 */
public final class WantedSettings {

    /** Stands for the settings of a session that have to be compared one by one. */
    static final WantedSettings UNKNOWN = new WantedSettings(Map.of());

    /** One setting: a new object each time, although the change itself may be reused. */
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
     * Adds a setting.
     *
     * @param before the settings so far; null for none
     * @param attribute the attribute that was set
     * @param change how to set it again
     * @return all settings
     */
    public static WantedSettings add(
            @Nullable WantedSettings before, SessionAttribute attribute, SessionChange change) {
        Map<SessionAttribute, Wanted> all = new EnumMap<>(SessionAttribute.class);
        if (before != null) {
            all.putAll(before.changes);
        }
        Wanted same = all.get(attribute);
        all.put(attribute, new Wanted(same == null ? change : change.after(same.change())));
        return new WantedSettings(all);
    }

    /** The setting of an attribute; null when it has none. */
    @Nullable SessionChange change(SessionAttribute attribute) {
        return changes.get(attribute);
    }
}
