package org.cabstand.internal.jta;

import jakarta.transaction.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.cabstand.internal.Log;

/**
 * Tells whether a transaction was marked for rollback because it took too long, and not by the
 * application.
 *
 * <p>The standard does not tell. WildFly ends such transactions; Open Liberty, Payara and GlassFish
 * mark them. Their transactions can be asked: on Open Liberty {@code isTimedOut()}; on Payara
 * {@code getRemainingTimeout()}, because {@code isTimedOut()} stays false there with an enlisted
 * resource.
 *
 * <p>Thread safety: stateless.
 */
final class TimeLimit {

    private TimeLimit() {}

    /**
     * Whether a transaction that is marked for rollback has timed out; false if it cannot be asked.
     */
    static boolean isOver(Transaction transaction) {
        return ask(transaction, "isTimedOut", Boolean.class).orElse(false)
                || ask(transaction, "getRemainingTimeout", Integer.class).orElse(0) < 0;
    }

    private static <T> Optional<T> ask(Transaction transaction, String method, Class<T> type) {
        try {
            Object answer = transaction.getClass().getMethod(method).invoke(transaction);
            return type.isInstance(answer) ? Optional.of(type.cast(answer)) : Optional.empty();
        } catch (NoSuchMethodException e) {
            return Optional.empty(); // a transaction of another server
        } catch (IllegalAccessException | InvocationTargetException e) {
            Log.debug("the transaction cannot be asked for " + method, e);
            return Optional.empty();
        }
    }
}
