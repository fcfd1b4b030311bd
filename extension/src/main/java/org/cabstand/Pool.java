package org.cabstand;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Qualifies the beans of the pool with the given name.
 *
 * <p>A pool {@code orders}, declared as {@code cabstand.pool.orders.url=…} in MicroProfile Config, has these beans:
 *
 * <pre>{@code
 * @Inject @Pool("orders") Connection db;     // this request's connection, borrowed at its first use
 * @Inject @Pool("orders") DataSource orders; // the pool itself, for libraries
 * @Inject @Pool("orders") EntityManager em;  // the request's persistence context, if the pool has entities
 * }</pre>
 *
 * <p>The beans of the default pool ({@code cabstand.default-pool}, else the pool named {@code default}, else the only
 * one) need no qualifier. If you know the name only at run time, use {@link Literal}:
 *
 * <pre>{@code
 * @Inject @Any Instance<DataSource> pools; // without @Any only the default pool would be found
 * …
 * pools.select(Pool.Literal.of(name)).get()
 * }</pre>
 *
 * @see <a href="https://jakarta.ee/specifications/cdi/4.0/jakarta-cdi-spec-4.0#qualifiers">CDI 4.0, Qualifiers</a>
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.TYPE})
public @interface Pool {

    /**
     * The pool's name: letters, digits, {@code -} and {@code _}.
     *
     * @return the name in {@code cabstand.pool.<name>.<key>}
     */
    String value();

    /**
     * {@link Pool} as a value, for programmatic lookup.
     *
     * <p>Thread safety: immutable.
     */
    final class Literal extends AnnotationLiteral<Pool> implements Pool {

        private static final long serialVersionUID = 1L;

        /** The pool's name. */
        private final String name;

        private Literal(String name) {
            this.name = name;
        }

        /**
         * Returns the qualifier of the pool with this name.
         *
         * @param name the pool's name
         * @return a qualifier equal to {@code @Pool(name)}
         */
        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return name;
        }
    }
}
