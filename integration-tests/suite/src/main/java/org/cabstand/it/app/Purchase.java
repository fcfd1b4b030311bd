package org.cabstand.it.app;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;

/** Something that was bought, and what belongs to it. */
@Entity
@Table(name = "purchase") // MariaDB tells upper from lower case
@EntityListeners(PurchaseListener.class)
public class Purchase {

    @Id private String id;

    @Version private int version;

    private String state = "new";

    @OneToMany(mappedBy = "purchase", cascade = CascadeType.ALL, fetch = FetchType.LAZY)
    private List<PurchaseLine> lines = new ArrayList<>();

    /** For the provider. */
    protected Purchase() {}

    Purchase(String id, int lineCount) {
        this.id = id;
        for (int i = 0; i < lineCount; i++) {
            lines.add(new PurchaseLine(this));
        }
    }

    void pay() {
        state = "paid";
    }

    String state() {
        return state;
    }

    int lineCount() {
        return lines.size();
    }
}
