package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.Statement;

/** Keeps handles after the end of their request, which an application should not do. */
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
