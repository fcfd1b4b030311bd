package org.cabstand.it.app;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Uses every pool, and then fails the deployment of its application. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class FailingStartup {

    /** The error in the log that proves that the pools were used. */
    public static final String MESSAGE = "failing on purpose";

    @Inject @Any Instance<DataSource> dataSources;

    @PostConstruct
    void fail() {
        LoaderRecord.loadersOf("failing")
                .add(new WeakReference<>(FailingStartup.class.getClassLoader()));
        int used = 0;
        for (DataSource dataSource : dataSources) {
            try (Connection connection = dataSource.getConnection()) {
                used += Integer.parseInt(Sql.single(connection, "select 1"));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(MESSAGE + ", " + used + " pools used");
    }
}
