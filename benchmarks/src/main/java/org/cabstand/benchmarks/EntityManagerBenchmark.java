package org.cabstand.benchmarks;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.cabstand.benchmarks.entities.Changes;
import org.cabstand.benchmarks.entities.World;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cost of a request with JPA on Weld: Hibernate over H2 in memory, transactions by Narayana. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntityManagerBenchmark {

    private static final String URL = "jdbc:h2:mem:entities;DB_CLOSE_DELAY=-1";

    private Application application;
    private RequestContextController request;
    private Changes changes;
    private EntityManager injected;
    private EntityManager produced;
    private int number;

    @Setup
    public void start() throws SQLException {
        Map<String, String> settings = Peer.settings("main", URL, 8);
        settings.put("cabstand.pool.main.jpa.packages", World.class.getPackageName());
        settings.put(
                "cabstand.pool.main.jpa.properties.jakarta.persistence.schema-generation.database.action",
                "create");
        application = Application.withJta(settings, EntityManagerProducer.class, Changes.class);
        request = application.get(RequestContextController.class);
        changes = application.get(Changes.class);
        DataSource dataSource = application.get(DataSource.class);
        Peer.fill(dataSource, 8);
        application.get(EntityManagerFactory.class).getMetamodel(); // the tables are there then
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into world (id, randomnumber) values (1, 1)");
        }
        injected = application.get(EntityManager.class);
        application.get(EntityManagerProducer.class).from(dataSource);
        produced = application.get(EntityManager.class, Producer.ByHand.Literal.INSTANCE);
    }

    @TearDown
    public void stop() {
        application.get(EntityManagerProducer.class).close();
        application.close();
    }

    @Benchmark
    public World findInjected() {
        return find(injected);
    }

    @Benchmark
    public World findProduced() {
        return find(produced);
    }

    private World find(EntityManager entityManager) {
        request.activate();
        try {
            return entityManager.find(World.class, 1);
        } finally {
            request.deactivate();
        }
    }

    @Benchmark
    public World changeInjected() {
        return change(injected);
    }

    @Benchmark
    public World changeProduced() {
        return change(produced);
    }

    private World change(EntityManager entityManager) {
        request.activate();
        try {
            return changes.inTransaction(entityManager, 1, ++number);
        } finally {
            request.deactivate();
        }
    }
}
