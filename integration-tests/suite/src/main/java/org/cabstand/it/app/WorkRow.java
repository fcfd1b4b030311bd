package org.cabstand.it.app;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table {@code work}, as an ORM sees it. */
@Entity
@Table(name = "work")
public class WorkRow {

    @Id private String id;

    /** For the ORM. */
    protected WorkRow() {}

    WorkRow(String id) {
        this.id = id;
    }
}
