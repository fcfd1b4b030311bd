package org.cabstand.examples.bank;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.cabstand.Pool;

/**
 * The accounts, by JPA. It knows nothing about transactions: the entity manager takes part in the
 * current one, on the same connection as the journal's SQL.
 */
@ApplicationScoped
public class Accounts {

    @Inject
    @Pool("bank")
    EntityManager em;

    /**
     * Locks two accounts, always the lower number first, so that transfers in opposite directions
     * queue up instead of waiting for each other.
     *
     * @return by number, those that exist
     */
    Map<Integer, Account> lock(int one, int other) {
        Map<Integer, Account> locked = new HashMap<>();
        IntStream.of(one, other)
                .distinct()
                .sorted()
                .forEach(
                        id -> {
                            Account found =
                                    em.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE);
                            if (found != null) {
                                locked.put(id, found);
                            }
                        });
        return locked;
    }

    /** Writes at once, so that a refusal by the database fails here and not at the commit. */
    void add(Account account, long cents) {
        account.add(cents);
        em.flush();
    }
}
