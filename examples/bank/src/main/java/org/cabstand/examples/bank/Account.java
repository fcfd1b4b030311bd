package org.cabstand.examples.bank;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An account, in cents. */
@Entity
@Table(name = "accounts")
public class Account {

    @Id private int id;

    private long opening;

    private long balance;

    /** For the JPA provider. */
    protected Account() {}

    long balance() {
        return balance;
    }

    void add(long cents) {
        balance += cents;
    }
}
