package org.cabstand.benchmarks;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A handwritten producer of a connection, in its shortest form: nothing is rolled back or reset, and an error at the
 * end of the request goes to the container's log.
 *
 * <p>Thread safety: the data source is set before the first request.
 */
@ApplicationScoped
public class Producer {

    /** The connection that is produced by hand. */
    @Qualifier
    @Retention(RUNTIME)
    @interface ByHand {

        /** The qualifier for lookups. */
        final class Literal extends AnnotationLiteral<ByHand> implements ByHand {

            private static final long serialVersionUID = 1;

            static final Literal INSTANCE = new Literal();
        }
    }

    private volatile DataSource dataSource;

    void from(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Produces
    @RequestScoped
    @ByHand
    Connection open() throws SQLException {
        return dataSource.getConnection();
    }

    void close(@Disposes @ByHand Connection connection) throws SQLException {
        connection.close();
    }
}
