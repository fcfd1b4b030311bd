package org.cabstand.internal.jta;

import jakarta.transaction.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.cabstand.internal.Log;

/**
 * Whether a transaction was marked for rollback because it took too long, and not by the application.
 *
 * <p>The standard does not say, and Open Liberty, Payara and GlassFish mark such transactions where WildFly
 * ends them. But their transactions can be asked: on Open Liberty {@code isTimedOut()}; on Payara that one
 * knows of limits only that no second resource was there for, and {@code getRemainingTimeout()} of all.
 *
 * <p>Thread safety: stateless.
 */
final class TimeLimit {

    private TimeLimit() {}

    /** For a transaction that is marked for rollback; false also where it cannot be asked. */
    static boolean isOver(Transaction transaction) {
        return ask(transaction, "isTimedOut", Boolean.class).orElse(false)
                || ask(transaction, "getRemainingTimeout", Integer.class).orElse(0) < 0;
    }

    private static <T> Optional<T> ask(Transaction transaction, String method, Class<T> type) {
        try {
            Object answer = transaction.getClass().getMethod(method).invoke(transaction);
            return type.isInstance(answer) ? Optional.of(type.cast(answer)) : Optional.empty();
        } catch (NoSuchMethodException e) {
            return Optional.empty(); // another server's
        } catch (IllegalAccessException | InvocationTargetException e) {
            Log.debug("the transaction cannot be asked for " + method, e);
            return Optional.empty();
        }
    }
}
