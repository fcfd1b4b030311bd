package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Why README says {@code @Inject @Any Instance<DataSource>}. */
class LookupWithoutAnyTest {

    @ApplicationScoped
    static class DefaultOnly {
        @Inject Instance<DataSource> pools;

        boolean finds(String pool) {
            return pools.select(Pool.Literal.of(pool)).isResolvable();
        }
    }

    @Test
    void findsTheDefaultPoolOnly() {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.default.url", "jdbc:h2:mem:default",
                                "cabstand.pool.other.url", "jdbc:h2:mem:other"),
                        DefaultOnly.class)) {
            assertThat(app.get(DefaultOnly.class).finds("default")).isTrue();
            assertThat(app.get(DefaultOnly.class).finds("other")).isFalse();
        }
    }
}
