package org.cabstand.internal.pool;

import java.util.Locale;
import java.util.Set;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.database.Database;

/**
 * Finds what is wrong with settings that are right by themselves.
 *
 * <p>Thread safety: stateless.
 */
public final class SettingsCheck {

    private SettingsCheck() {}

    /**
     * What is wrong with settings for their database and server.
     *
     * @param settings the settings of an active pool
     * @param transactions what there is of JTA
     * @return the fault, fit for the configuration report; null when there is none
     */
    public static String fault(PoolSettings settings, TransactionContext transactions) {
        String fault = resetFault(settings);
        boolean needsJta =
                settings.transactions() == Transactions.REQUIRED
                        || settings.transactions() == Transactions.XA;
        return fault == null && needsJta && transactions == TransactionContext.NONE
                ? Message.NO_JTA.format(
                        settings.keyOf(Key.TRANSACTIONS),
                        settings.transactions().name().toLowerCase(Locale.ROOT))
                : fault;
    }

    private static String resetFault(PoolSettings settings) {
        if (settings.reset() != Reset.FULL) {
            return null;
        }
        Database database = Database.of(settings.url());
        Set<String> conflict =
                database.conflictWithFullReset(settings.url(), settings.properties());
        String reason = null;
        if (database.fullReset() == null) {
            reason = "no full reset is known for " + settings.shownUrl();
        } else if (!conflict.isEmpty()) {
            reason =
                    "the driver would go on to use statements that the reset has thrown away,"
                            + " because of its properties "
                            + String.join(" and ", conflict)
                            + " (one of them may stay)";
        }
        return reason == null
                ? null
                : Message.NOT_SUPPORTED.format(
                        settings.keyOf(Key.RESET), "full", reason, "standard");
    }
}
