package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools whose connections only read, or whose database can only be read. */
class ReadOnlyTest {

    @TempDir Path directory;

    private Path file() throws SQLException {
        Path file = directory.resolve("read.db");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Sql.run(c, "create table ride (id int)");
            Sql.run(c, "insert into ride values (1)");
        }
        return file;
    }

    private static void reads(TestApplication app) throws Exception {
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        Connection c = app.connection();
                        c.setAutoCommit(false);
                        assertThat(Sql.one(c, "select id from ride")).isEqualTo("1");
                        assertThatThrownBy(() -> Sql.run(c, "insert into ride values (2)"))
                                .isInstanceOf(SQLException.class);
                        c.rollback();
                    });
        }
        assertThat(app.state().active()).isZero();
    }

    @Test
    void aSqliteFileIsOpenedForReading() throws Exception {
        Map<String, String> pool = new ConcurrentHashMap<>();
        pool.put("cabstand.pool.test.url", "jdbc:sqlite:" + file());
        pool.put("cabstand.pool.test.read-only", "true");
        try (var app = TestApplication.start(pool)) {
            reads(app);
            app.request(() -> assertThat(app.connection().isReadOnly()).isTrue());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file:,?mode=ro,false",
        "file:,?mode=ro,true",
        "file:,?immutable=1,false",
        "'',?open_mode=1,false",
        "'',?open_mode=1,true"
    })
    void aUrlThatSaysSoIsEnough(String before, String after, boolean readOnly) throws Exception {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.test.url",
                                "jdbc:sqlite:" + before + file() + after,
                                "cabstand.pool.test.read-only",
                                Boolean.toString(readOnly)))) {
            reads(app);
        }
    }

    @Test
    void aPropertyThatSaysSoIsEnough() throws Exception {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.test.url",
                                "jdbc:sqlite:" + file(),
                                "cabstand.pool.test.properties.open_mode",
                                "1"))) {
            reads(app);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachDatabaseOpensReadOnly(TestDatabase database) throws Exception {
        try (var app = TestApplication.start(database.pool())) {
            app.request(() -> assertThat(app.connection().isReadOnly()).isFalse()); // it is there
        }
        try (var app = TestApplication.start(database.pool("read-only", "true"))) {
            app.request(() -> assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1"));
            app.request(() -> assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:read?mode=memory&cache=shared",
                "jdbc:h2:mem:read",
                "jdbc:hsqldb:mem:read",
                "jdbc:derby:memory:read;create=true"
            })
    void soDoesADatabaseInMemory(String url) throws Exception {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.test.url",
                                url,
                                "cabstand.pool.test.read-only",
                                "true"))) {
            app.request(() -> assertThat(app.connection().getMetaData()).isNotNull());
            app.request(() -> assertThat(app.connection().isValid(1)).isTrue());
        }
    }
}
