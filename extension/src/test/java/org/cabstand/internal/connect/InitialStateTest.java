package org.cabstand.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state that a session begins with, and the way back to it, on a driver that only stores settings. */
class InitialStateTest {

    private final Map<String, Object> state = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    /** Methods that this driver does not have. */
    private final Set<String> missing = new HashSet<>();

    private final Connection driver =
            (Connection)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, arguments) -> call(method, arguments));

    private Object call(Method method, Object[] arguments) throws SQLException {
        String name = method.getName();
        if (missing.contains(name)) {
            throw new SQLFeatureNotSupportedException(name);
        }
        if (name.startsWith("set")) {
            Object value = arguments[arguments.length - 1];
            calls.add(name + " " + value);
            state.put(name.substring(3), value);
            return null;
        }
        return state.get(name.replaceFirst("get|is", ""));
    }

    @BeforeEach
    void fresh() {
        state.put("NetworkTimeout", 7000);
        state.put("ReadOnly", false);
        state.put("TransactionIsolation", Connection.TRANSACTION_READ_COMMITTED);
        state.put("Holdability", 1);
        state.put("Catalog", "shop");
        state.put("Schema", "public");
        state.put("ClientInfo", info("cabstand"));
        state.put("TypeMap", Map.of());
        state.put("AutoCommit", true);
    }

    private static Properties info(String application) {
        Properties info = new Properties();
        info.setProperty("ApplicationName", application);
        return info;
    }

    private InitialState read() {
        InitialState baseline = InitialState.of(driver, Database.OTHER, true);
        calls.clear();
        return baseline;
    }

    @Test
    void everythingComesBack() throws SQLException {
        Map<String, Object> before = new HashMap<>(state);
        InitialState baseline = read();
        driver.setNetworkTimeout(Runnable::run, 1);
        driver.setReadOnly(true);
        driver.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        driver.setHoldability(2);
        driver.setCatalog("other");
        driver.setSchema("other");
        driver.setClientInfo(info("shop"));
        driver.setTypeMap(Map.of("point", Object.class));
        driver.setAutoCommit(false);

        Set<SessionAttribute> all = EnumSet.allOf(SessionAttribute.class);
        all.remove(SessionAttribute.SHARDING_KEY);
        all.remove(SessionAttribute.QUERY_TIMEOUT); // each statement has its own
        assertThat(baseline.attributes()).isEqualTo(all);
        assertThat(baseline.reset(driver, all)).isTrue();
        assertThat(state).isEqualTo(before);
    }

    @Test
    void whatWasNotChangedIsNotTouched() throws SQLException {
        InitialState baseline = read();
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.READ_ONLY))).isTrue();
        assertThat(calls).containsExactly("setReadOnly false");
    }

    @Test
    void aSessionIsResetOutsideOfATransaction() throws SQLException {
        InitialState baseline = InitialState.of(driver, Database.OTHER, false);
        driver.setAutoCommit(false);
        calls.clear();
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.SCHEMA))).isTrue();
        assertThat(calls)
                .startsWith("setAutoCommit true")
                .contains("setSchema public")
                .endsWith("setAutoCommit false");
    }

    @Test
    void autoCommitAloneIsSetOnce() throws SQLException {
        InitialState baseline = read();
        driver.setAutoCommit(false);
        calls.clear();
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.AUTO_COMMIT))).isTrue();
        assertThat(calls).containsExactly("setAutoCommit true");
    }

    @Test
    void thereIsNoWayBackToWhatTheDriverDidNotTell() throws SQLException {
        missing.add("getSchema");
        InitialState baseline = read();
        assertThat(baseline.attributes()).doesNotContain(SessionAttribute.SCHEMA);
        assertThat(baseline.wayBack(SessionAttribute.SCHEMA)).isNull();
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.SCHEMA))).isFalse();
    }

    @Test
    void nobodyTellsAShardingKey() throws SQLException {
        InitialState baseline = read();
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.SHARDING_KEY))).isFalse();
        assertThatThrownBy(
                        () ->
                                InitialState.wayBackNow(
                                        driver, Database.OTHER, SessionAttribute.SHARDING_KEY))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void whatCannotBeSetWasNotChangedEither() throws SQLException {
        InitialState baseline = read();
        missing.add("setHoldability");
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.HOLDABILITY))).isTrue();
    }

    @Test
    void noCatalogIsLeftOnlyByWhoeverEndsTheSession() throws SQLException {
        state.put("Catalog", null);
        InitialState baseline = read();
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.CATALOG))).isTrue();
        driver.setCatalog("other");
        assertThat(baseline.reset(driver, EnumSet.of(SessionAttribute.CATALOG))).isFalse();
        assertThatThrownBy(() -> baseline.wayBack(SessionAttribute.CATALOG).apply(driver))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cannot restore");
    }

    @Test
    void theWayBackToNowLeadsToNow() throws SQLException {
        InitialState baseline = read();
        driver.setSchema("tenant");
        var back = InitialState.wayBackNow(driver, Database.OTHER, SessionAttribute.SCHEMA);
        driver.setSchema("other");
        back.apply(driver);
        assertThat(state).containsEntry("Schema", "tenant");
        baseline.wayBack(SessionAttribute.SCHEMA).apply(driver);
        assertThat(state).containsEntry("Schema", "public");
    }
}
