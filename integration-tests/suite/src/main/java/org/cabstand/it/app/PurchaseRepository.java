package org.cabstand.it.app;

import jakarta.data.repository.Find;
import jakarta.data.repository.Insert;
import jakarta.data.repository.Query;
import jakarta.data.repository.Repository;
import java.util.Optional;

/** A repository of Jakarta Data; Hibernate's processor writes the class. */
@Repository
public interface PurchaseRepository {

    /** Inserts one. */
    @Insert
    void add(Purchase purchase);

    /** Finds one. */
    @Find
    Optional<Purchase> find(String id);

    /** Counts those of a state. */
    @Query("select count(this) from Purchase where state = :state")
    long count(String state);
}
