package org.cabstand.test.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.cabstand.CabstandExtension;
import org.cabstand.Pool;
import org.cabstand.test.PoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that run elsewhere use an application one after the other, also when one of them is never heard of again. */
class RemoteTestsTest {

    private final AtomicLong now = new AtomicLong();
    private final Scope scope = Scope.rollingBack(null, null);
    private final RemoteTests tests = new RemoteTests(scope, now::get);
    private SeContainer application;

    @BeforeEach
    void start() throws Exception {
        PoolConfig.useH2("remote");
        scope.enter();
        try {
            application =
                    SeContainerInitializer.newInstance()
                            .disableDiscovery()
                            .addExtensions(new CabstandExtension())
                            .addBeanClasses(RemoteTestsTest.class)
                            .initialize();
        } finally {
            Scope.leave();
        }
        execute("create table if not exists note (text varchar(9))");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = shop().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int notes() throws Exception {
        try (Connection connection = shop().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from note")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private DataSource shop() {
        return application.select(DataSource.class, Pool.Literal.of("shop")).get();
    }

    private String begin(String name) throws Exception {
        List<String> answer = tests.answer("begin", name);
        assertThat(answer).hasSize(1);
        return answer.get(0);
    }

    @Test
    void oneBeginsAndEnds() throws Exception {
        String id = begin("one");
        execute("insert into note values ('one')");
        assertThat(tests.answer("statements", id)).hasSize(1);
        assertThat(tests.answer("nonsense", id)).isNull();
        assertThat(tests.answer("end", id)).isEmpty();
        assertThat(notes()).isZero();
        begin("two");
    }

    @Test
    void twoAtTheSameTimeAreRefused() throws Exception {
        String id = begin("one");
        now.addAndGet(RemoteTests.LEASE.toNanos());
        assertThatThrownBy(() -> begin("two")).hasMessageContainingAll("CAB0177", "'one'", "'two'");
        tests.answer("alive", id);
        now.addAndGet(RemoteTests.LEASE.toNanos());
        assertThatThrownBy(() -> begin("two")).hasMessageContaining("CAB0177");
        tests.answer("end", id);
        begin("two");
    }

    @Test
    void theNextOneTakesOverFromOneThatIsNotHeardOf() throws Exception {
        String id = begin("killed");
        execute("insert into note values ('killed')");
        now.addAndGet(RemoteTests.LEASE.toNanos() + 1);
        try (Warnings warnings = new Warnings()) {
            String next = begin("next");
            assertThat(warnings.texts()).singleElement().asString().startsWith("CAB0299: ");
            assertThat(notes()).isZero();
            assertThatThrownBy(() -> tests.answer("end", id)).hasMessageContaining("no such test");
            assertThat(tests.answer("end", next)).isEmpty();
        }
    }
}
