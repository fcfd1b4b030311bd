package org.cabstand.shop;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;

/** An order, the main entity of the JPA tests. */
@Entity
@Table(name = "shop_order")
@EntityListeners(OrderListener.class)
public class Order {

    @Id private long id;

    @Version private int version;

    @Column(nullable = false)
    private String state = "new";

    @OneToMany(mappedBy = "order", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    private List<Item> items = new ArrayList<>();

    /** For the provider. */
    protected Order() {}

    public Order(long id) {
        this.id = id;
    }

    public void pay() {
        state = "paid";
    }

    public String state() {
        return state;
    }

    public void add(Item item) {
        items.add(item);
        item.setOrder(this);
    }

    public List<Item> items() {
        return items;
    }
}
