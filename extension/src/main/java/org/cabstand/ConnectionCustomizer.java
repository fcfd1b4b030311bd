package org.cabstand;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Prepares a connection each time before the application gets it.
 *
 * <p>State that is set through JDBC follows the request by itself; state that is set by SQL does
 * not. For that, write a CDI bean of this type, for example for tenants and row-level security. It
 * is called at every borrow, before the first statement of the request or transaction:
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
 * <p>It is called in the pool's own auto-commit mode. Its work is committed before the borrower
 * gets the connection, so no rollback of the application undoes it. Set things for the session:
 * what holds for a transaction only ({@code SET LOCAL}, {@code set_config(…, true)}) ends with the
 * call. If the database cannot commit because a statement has failed, the borrower gets an
 * SQLException.
 *
 * <p>A bean with a {@link Pool} qualifier is called for that pool, a bean without one for all
 * pools; those for all pools are called first. The next borrower may be another tenant, so set the
 * state at each call, or clear it with {@code reset=full}.
 *
 * <p>Thread safety: one instance may be called by many threads, each with its own connection.
 */
@FunctionalInterface
public interface ConnectionCustomizer {

    /**
     * Prepares a connection that was just borrowed.
     *
     * @param pool the name of the connection's pool
     * @param connection the connection. It is valid during this call only, like everything made
     *     from it; closing it has no effect. A customizer cannot borrow another connection from the
     *     same pool
     * @throws SQLException if the connection must not be used. The borrower gets an SQLException
     *     with this one as its cause, and the connection is returned
     */
    void customize(String pool, Connection connection) throws SQLException;
}
