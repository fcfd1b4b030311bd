package org.cabstand.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.cabstand.test.internal.CabstandTestExtension;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Undoes what each test of a class has done to the databases of Cabstand's pools, whatever the application has
 * committed.
 *
 * <pre>{@code
 * @CabstandTest
 * @EnableAutoWeld
 * class OrdersTest {
 *     @Inject Orders orders;
 *     PoolCheck check;
 *
 *     @Test void pays() {
 *         orders.pay(7);
 *         check.statementsAtMost(3);
 *     }
 * }
 * }</pre>
 *
 * <p>Put it above the annotation that starts the container, so that the application stops before its work is undone.
 *
 * <p>Work in {@code @BeforeEach} methods is undone with the test; what the application does while it starts is kept.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CabstandTestExtension.class)
public @interface CabstandTest {

    /** How a test is isolated from other tests. */
    enum Isolation {

        /** All connections of a pool share one session, in a transaction that is rolled back. */
        ROLLBACK,

        /** Each application that the test starts gets a database of its own for each pool. */
        OWN_DATABASE
    }

    /**
     * How a test is isolated from other tests.
     *
     * @return by default, by a rollback
     */
    Isolation value() default Isolation.ROLLBACK;

    /**
     * SQL that fills the test's own database: a resource, as for {@link Class#getResource}.
     *
     * @return by default nothing: the application fills the database itself, or the configured database is the template
     */
    String script() default "";

    /**
     * Where the application runs, for tests of a server: its URL with the context path. An Arquillian test that has a
     * field of type {@code URL} or {@code URI} with {@code @ArquillianResource} needs none.
     *
     * @return by default the test's own JVM
     */
    String url() default "";
}
