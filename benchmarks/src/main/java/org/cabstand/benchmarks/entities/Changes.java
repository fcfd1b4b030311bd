package org.cabstand.benchmarks.entities;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Changes a row, in a transaction of the server or of the entity manager. */
@ApplicationScoped
public class Changes {

    /**
     * Changes a row in a transaction of the server.
     *
     * @param entityManager takes part in it
     * @param id which row
     * @param number what it is to have
     * @return the row
     */
    @Transactional
    public World inTransaction(EntityManager entityManager, int id, int number) {
        return change(entityManager, id, number);
    }

    /**
     * Changes a row in a transaction of the entity manager.
     *
     * @param entityManager of local transactions
     * @param id which row
     * @param number what it is to have
     * @return the row
     */
    public World byItself(EntityManager entityManager, int id, int number) {
        entityManager.getTransaction().begin();
        World changed = change(entityManager, id, number);
        entityManager.getTransaction().commit();
        return changed;
    }

    private static World change(EntityManager entityManager, int id, int number) {
        World row = entityManager.find(World.class, id);
        row.setRandomNumber(number);
        return row;
    }
}
