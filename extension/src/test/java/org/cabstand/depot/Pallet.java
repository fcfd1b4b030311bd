package org.cabstand.depot;

/** An entity by a mapping file only. */
public class Pallet {

    private long id;

    private String place;

    /** For the provider. */
    protected Pallet() {}

    public Pallet(long id, String place) {
        this.id = id;
        this.place = place;
    }

    public String place() {
        return place;
    }
}
