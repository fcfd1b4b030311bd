package org.cabstand.benchmarks.entities;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of TechEmpower's table. */
@Entity
@Table(name = "world")
public class World {

    @Id private int id;

    @Column(name = "randomnumber")
    private int randomNumber;

    /** For the provider. */
    protected World() {}

    /**
     * A new row.
     *
     * @param id its number
     */
    public World(int id) {
        this.id = id;
    }

    /** The row's number. */
    public int id() {
        return id;
    }

    /** The row's value. */
    public int randomNumber() {
        return randomNumber;
    }

    /**
     * Changes the row's value.
     *
     * @param number what it is to have
     */
    public void setRandomNumber(int number) {
        randomNumber = number;
    }
}
