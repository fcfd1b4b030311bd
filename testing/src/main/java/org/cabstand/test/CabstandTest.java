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
 * After each test of the class the databases of Cabstand's pools are as before it, whatever the application has
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
 * <p>Stand it above the annotation that starts the container: then the application stops before its work is undone.
 *
 * <p>What is done in {@code @BeforeEach} methods is the test's; what the application does while it starts is not.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CabstandTestExtension.class)
public @interface CabstandTest {

    /** How a test is kept from the others. */
    enum Isolation {

        /** All connections of a pool share one session, in a transaction that is rolled back. */
        ROLLBACK,

        /** Each application that the test starts gets a database of its own for each pool. */
        OWN_DATABASE
    }

    /**
     * How a test is kept from the others.
     *
     * @return by a roll-back, unless it is said
     */
    Isolation value() default Isolation.ROLLBACK;

    /**
     * SQL that fills a database of a test's own: a resource, as for {@link Class#getResource}.
     *
     * @return nothing, unless it is said: the application does that itself, or the configured database is the
     *     template
     */
    String script() default "";

    /**
     * Where the application runs, for tests of a server: its URL with the context path. An Arquillian test that has
     * a field of type {@code URL} or {@code URI} with {@code @ArquillianResource} needs none.
     *
     * @return the test's own JVM, unless it is said
     */
    String url() default "";
}
