package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code PoolOperations} as beans: one for each pool, and the application's own. */
@Timeout(60)
class OperationsBeansTest extends OperationsFixture {

    @ApplicationScoped
    static class Watcher {

        @Inject
        @Pool("b")
        PoolOperations ofB;

        @Inject @Any Instance<PoolOperations> all;

        List<String> names() {
            List<String> names = new ArrayList<>(List.of(ofB.name()));
            all.forEach(one -> names.add(one.name()));
            return names;
        }
    }

    @Test
    void eachPoolHasABean() {
        Map<String, String> properties =
                Map.of(
                        "cabstand.pool.a.url", "jdbc:h2:mem:a",
                        "cabstand.pool.b.url", "jdbc:h2:mem:b",
                        "cabstand.default-pool", "a");
        app = TestApplication.start(properties, Watcher.class);
        assertThat(app.get(Watcher.class).names()).containsExactlyInAnyOrder("b", "a", "b");
        assertThat(app.get(PoolOperations.class).name()).isEqualTo("a");
    }

    @Test
    void aBeanForAPoolThatIsNotDeclaredIsAFault() {
        assertThatThrownBy(
                        () ->
                                TestApplication.start(
                                        Map.of("cabstand.pool.a.url", "jdbc:h2:mem:a"),
                                        Watcher.class))
                .hasMessageContaining("CAB0012: pool 'b'")
                .hasMessageContaining("needed by org.cabstand.OperationsBeansTest$Watcher.ofB");
    }

    static class OwnOperations {

        @Produces
        @Pool("test")
        PoolOperations own() {
            return (PoolOperations)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {PoolOperations.class},
                            (proxy, method, args) -> "own");
        }
    }

    @Test
    void theApplicationsOwnBeanWins() {
        app = TestApplication.start(TestDatabase.H2.pool(), OwnOperations.class);
        assertThat(app.get(PoolOperations.class, Pool.Literal.of("test")).name()).isEqualTo("own");
        assertThat(app.get(PoolOperations.class).name()).isEqualTo("test");
    }
}
