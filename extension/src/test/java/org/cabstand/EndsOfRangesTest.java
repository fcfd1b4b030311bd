package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The largest and the smallest of what may be configured works, on each driver. */
class EndsOfRangesTest {

    @ParameterizedTest
    @EnumSource
    void theLargestWorks(TestDatabase database) throws Exception {
        try (var app =
                TestApplication.start(
                        database.pool(
                                "max-size", "1000000000",
                                "max-waiting", "1000000000",
                                "acquisition-timeout", "365d",
                                "login-timeout", "24d",
                                "network-timeout", "24d",
                                "validation-timeout", "24d",
                                "validate-after-idle", "0s",
                                "max-lifetime", "365d",
                                "idle-timeout", "365d",
                                "validation-interval", "365d",
                                "leak-timeout", "365d",
                                "drain-timeout", "365d",
                                "health.timeout", "365d"))) {
            works(app);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate-after-idle", "validation-timeout", "idle-timeout"})
    void theSmallestWorks(String key) throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("smallest", key, "1ms"))) {
            works(app);
        }
    }

    private static void works(TestApplication app) throws Exception {
        try (Connection first = app.dataSource().getConnection();
                Connection second = app.dataSource().getConnection()) {
            assertThat(Sql.one(first, "select 1")).isEqualTo("1");
            assertThat(Sql.one(second, "select 1")).isEqualTo("1");
        }
        app.request(() -> assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1"));
        app.request(() -> assertThat(app.connection().isValid(1)).isTrue());
    }
}
