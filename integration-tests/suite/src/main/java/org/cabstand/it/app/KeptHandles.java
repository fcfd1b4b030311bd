package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.Statement;

/** What an application should not do: it keeps what belonged to a request that is over. */
@ApplicationScoped
public class KeptHandles {

    private volatile Connection proxy;
    private volatile Connection handle;
    private volatile Statement statement;

    void keep(Connection injected, Statement open, Connection fromStatement) {
        this.proxy = injected;
        this.statement = open;
        this.handle = fromStatement;
    }

    Connection proxy() {
        return proxy;
    }

    Connection handle() {
        return handle;
    }

    Statement statement() {
        return statement;
    }
}
