package org.cabstand.examples.flask;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** {@code class User(Base)}. */
@Entity
@Table(name = "users")
public class User {

    @Id private String name;

    /** Needed by the ORM. */
    protected User() {}

    User(String name) {
        this.name = name;
    }
}
