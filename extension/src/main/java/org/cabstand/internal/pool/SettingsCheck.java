package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Finds settings that are valid by themselves but do not fit the database or the server.
 *
 * <p>Thread safety: stateless.
 */
public final class SettingsCheck {

    private SettingsCheck() {}

    /**
     * Returns the faults of a pool's settings.
     *
     * @param settings the settings of an active pool
     * @param hasJta whether there are JTA transactions
     * @return the faults, fit for the configuration report
     */
    public static List<String> faults(PoolSettings settings, boolean hasJta) {
        List<String> faults = new ArrayList<>();
        if (settings.hasCredentialsInUrl()) {
            faults.add(
                    Message.CREDENTIALS_IN_URL.format(
                            settings.sourceOf(Key.URL),
                            settings.shownUrl(),
                            settings.keyOf(Key.USERNAME),
                            settings.keyOf(Key.PASSWORD)));
        }
        String reset = resetFault(settings);
        if (reset != null) {
            faults.add(reset);
        }
        boolean needsJta =
                settings.transactions() == Transactions.REQUIRED
                        || settings.transactions() == Transactions.XA;
        if (needsJta && !hasJta) {
            faults.add(
                    Message.NO_JTA.format(
                            settings.sourceOf(Key.TRANSACTIONS),
                            settings.transactions().name().toLowerCase(Locale.ROOT)));
        }
        return faults;
    }

    private static @Nullable String resetFault(PoolSettings settings) {
        if (settings.session().reset() != Reset.FULL) {
            return null;
        }
        Database database = Database.of(settings.url());
        Set<String> conflict =
                database.driver().conflictWithFullReset(settings.url(), settings.properties());
        String reason = null;
        if (database.sessions().fullReset() == null) {
            reason = "no full reset is known for " + settings.shownUrl();
        } else if (!conflict.isEmpty()) {
            reason =
                    "the driver would go on using statements that the reset has discarded,"
                            + " because of its properties "
                            + String.join(" and ", conflict)
                            + " (remove one of them)";
        }
        return reason == null
                ? null
                : Message.NOT_SUPPORTED.format(
                        settings.sourceOf(Key.RESET), "full", reason, "standard");
    }
}
