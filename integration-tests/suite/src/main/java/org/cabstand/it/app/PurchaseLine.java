package org.cabstand.it.app;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** A part of a purchase, with a number that the provider makes. */
@Entity
@Table(name = "purchase_line")
public class PurchaseLine {

    @Id @GeneratedValue private Long number;

    @ManyToOne(fetch = FetchType.LAZY)
    private Purchase purchase;

    /** For the provider. */
    protected PurchaseLine() {}

    PurchaseLine(Purchase purchase) {
        this.purchase = purchase;
    }
}
