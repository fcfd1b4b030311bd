package org.cabstand.depot;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;

/** An entity of a unit in {@code persistence.xml}, beside another pool's. */
@Entity
@NamedQuery(name = "labels", query = "select c.label from Crate c order by c.label")
public class Crate {

    @Id private long id;

    @Convert(converter = Shouting.class)
    private String label;

    /** For the provider. */
    protected Crate() {}

    public Crate(long id, String label) {
        this.id = id;
        this.label = label;
    }
}
