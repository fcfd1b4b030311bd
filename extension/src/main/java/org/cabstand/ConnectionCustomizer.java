package org.cabstand;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Prepares a connection each time before an application gets it.
 *
 * <p>What is set through JDBC on the request's connection follows the request by itself; what is set by
 * SQL does not. For that there is this interface: a CDI bean of it is called at every borrow, before the
 * first statement of the request or transaction, e.g. for tenants and row-level security:
 *
 * <pre>{@code
 * @ApplicationScoped @Pool("orders")
 * public class TenantCustomizer implements ConnectionCustomizer {
 *     @Inject Tenant tenant; // request-scoped
 *
 *     public void customize(String pool, Connection connection) throws SQLException {
 *         try (var set = connection.prepareStatement("select set_config('app.tenant', ?, false)")) {
 *             set.setString(1, tenant.id());
 *             set.execute();
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>It is called in the pool's own mode; what it did is committed before the borrower gets the connection,
 * so no roll-back of the application undoes it. What is set for a transaction only ({@code SET LOCAL},
 * {@code set_config(…, true)}) ends there: set it for the session. When the database cannot commit, as a
 * statement had failed, the borrower gets an SQLException.
 *
 * <p>A bean with a {@link Pool} qualifier is called for that pool, one without for all pools; those for
 * all come first. What it sets by SQL must be set at each call, or be cleared with {@code reset=full}: the
 * next borrower may be another tenant.
 *
 * <p>Thread safety: one instance may be called by many threads, each with its own connection.
 */
@FunctionalInterface
public interface ConnectionCustomizer {

    /**
     * Prepares a connection that was just borrowed.
     *
     * @param pool the name of the connection's pool
     * @param connection the connection; valid during this call only, like all that is made of it; closing
     *     it has no effect. A customizer cannot borrow another one from the same pool
     * @throws SQLException when the connection must not be used: the borrower gets an SQLException with
     *     this one as its cause, and the connection goes back
     */
    void customize(String pool, Connection connection) throws SQLException;
}
