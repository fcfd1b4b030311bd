package org.cabstand.shop;

/** A repository. */
public interface Orders {

    void add(Order order);

    Order find(long id);
}
