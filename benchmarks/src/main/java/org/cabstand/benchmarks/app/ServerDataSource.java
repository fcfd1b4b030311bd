package org.cabstand.benchmarks.app;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The server's own data source, whose name differs from server to server. */
@ApplicationScoped
public class ServerDataSource {

    private DataSource dataSource;

    @PostConstruct
    void lookUp() {
        try {
            dataSource = InitialContext.doLookup(System.getenv("BENCHMARK_JNDI"));
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The data source itself. */
    public DataSource get() {
        return dataSource;
    }
}
