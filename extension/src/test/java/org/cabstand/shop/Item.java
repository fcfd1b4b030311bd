package org.cabstand.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** One thing of an order; the provider makes its id. */
@Entity
@Table(name = "shop_item")
public class Item {

    @Id @GeneratedValue private Long id;

    private String name;

    @ManyToOne(fetch = FetchType.LAZY)
    private Order order;

    /** For the provider. */
    protected Item() {}

    public Item(String name) {
        this.name = name;
    }

    public Long id() {
        return id;
    }

    public String name() {
        return name;
    }

    void setOrder(Order order) {
        this.order = order;
    }
}
