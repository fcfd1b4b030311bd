package org.cabstand.shop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** As Hibernate's processor writes it for {@code @Repository interface Orders}. */
@Dependent
public class Orders_ implements Orders {

    protected StatelessSession session;

    @PersistenceUnit private EntityManagerFactory sessionFactory;

    public Orders_(StatelessSession session) {
        this.session = session;
    }

    @Inject
    Orders_() {}

    @PostConstruct
    private void openSession() {
        session = sessionFactory.unwrap(SessionFactory.class).openStatelessSession();
    }

    @PreDestroy
    private void closeSession() {
        session.close();
    }

    @Override
    public void add(Order order) {
        session.insert(order);
    }

    @Override
    public Order find(long id) {
        return session.get(Order.class, id);
    }
}
