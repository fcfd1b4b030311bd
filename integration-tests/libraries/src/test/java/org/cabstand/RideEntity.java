package org.cabstand;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table that all libraries write to. */
@Entity
@Table(name = "ride")
class RideEntity {

    @Id private int id;

    RideEntity() {}

    RideEntity(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }
}
