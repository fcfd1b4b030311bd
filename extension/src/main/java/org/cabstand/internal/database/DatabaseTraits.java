package org.cabstand.internal.database;

import java.sql.Connection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The data about one database.
 *
 * <p>Thread safety: filled while the constants of {@link Database} are created, and never changed
 * after that.
 */
final class DatabaseTraits {

    final @Nullable String urlPrefix;
    final @Nullable String driver;
    final Set<String> fatalStates = new LinkedHashSet<>();
    final Set<Integer> fatalCodes = new LinkedHashSet<>();
    final Set<String> readOnlyStates = new LinkedHashSet<>();
    final Set<Integer> readOnlyCodes = new LinkedHashSet<>();
    final Set<Integer> refusalCodes = new LinkedHashSet<>();
    final Set<String> fullStates = new LinkedHashSet<>();
    final Set<Integer> fullCodes = new LinkedHashSet<>();
    final Map<String, TimeUnit> limits = new LinkedHashMap<>();
    final Map<String, String> properties = new LinkedHashMap<>();

    /** For sessions that are configured to be read-only. */
    final Map<String, String> propertiesReadOnly = new LinkedHashMap<>();

    /** For a database that cannot be written to. */
    final Map<String, String> propertiesUnwritable = new LinkedHashMap<>();

    @Nullable String readLimit;
    @Nullable String sessionNameProperty;
    @Nullable String sessionNameFormat;
    int sessionNameLimit;
    Predicate<String> inMemory = url -> false;
    Predicate<String> inMemoryPerConnection = url -> false;
    SqlTransaction.@Nullable Source sqlTransaction;
    Exchange.@Nullable Source exchange;
    final Set<SessionAttribute> undoneByRollback = EnumSet.noneOf(SessionAttribute.class);
    final Set<String> noFullResetWith = new LinkedHashSet<>();
    final Set<String> closers = new LinkedHashSet<>();
    @Nullable String threads;
    @Nullable String endOfThreads;
    @Nullable FullReset fullReset;
    @Nullable SessionVariables sessionVariables;
    @Nullable DriverSettings driverSettings;
    @Nullable String xaDataSource;
    SqlSyntax sql = SqlSyntax.UNKNOWN;
    String systemName = "other_sql";
    boolean urlParameters;
    boolean inProcess;
    boolean schemaPath;
    boolean untoldDatabase;
    boolean queryTimeoutOfSession;
    boolean rollsBackAtClose;
    Predicate<String> switchesServers = url -> false;
    @Nullable String readOnlyQuery;
    @Nullable String readOnlySql;
    BiPredicate<String, Map<String, String>> unwritable = (url, properties) -> false;
    Consumer<Connection> cut = connection -> {};

    DatabaseTraits(@Nullable String urlPrefix, @Nullable String driver) {
        this.urlPrefix = urlPrefix;
        this.driver = driver;
    }

    /** The syntax of its SQL, and its name in OpenTelemetry. */
    DatabaseTraits sql(SqlSyntax syntax, String name) {
        sql = syntax;
        systemName = name;
        return this;
    }

    DatabaseTraits fatalStates(String... states) {
        fatalStates.addAll(List.of(states));
        return this;
    }

    DatabaseTraits fatalCodes(Integer... codes) {
        fatalCodes.addAll(List.of(codes));
        return this;
    }

    DatabaseTraits readOnlyStates(String... states) {
        readOnlyStates.addAll(List.of(states));
        return this;
    }

    DatabaseTraits readOnlyCodes(Integer... codes) {
        readOnlyCodes.addAll(List.of(codes));
        return this;
    }

    /** Adds refusals that have no SQLState of class 28. */
    DatabaseTraits refusalCodes(Integer... codes) {
        refusalCodes.addAll(List.of(codes));
        return this;
    }

    DatabaseTraits fullStates(String... states) {
        fullStates.addAll(List.of(states));
        return this;
    }

    DatabaseTraits fullCodes(Integer... codes) {
        fullCodes.addAll(List.of(codes));
        return this;
    }

    DatabaseTraits inProcess() {
        inProcess = true;
        return this;
    }

    /** JDBC shows the first schema of a path only. */
    DatabaseTraits schemaPath() {
        schemaPath = true;
        return this;
    }

    /** The driver does not notice when SQL chooses another database. */
    DatabaseTraits untoldDatabase() {
        untoldDatabase = true;
        return this;
    }

    /**
     * A connection may have sessions of several servers, and choose between them by its read-only
     * mode.
     */
    DatabaseTraits switchesServers(Predicate<String> urls) {
        switchesServers = urls;
        return this;
    }

    /** A session that is closed rolls back; by JDBC it may as well commit, as Oracle's does. */
    DatabaseTraits rollsBackAtClose() {
        rollsBackAtClose = true;
        return this;
    }

    /** A statement's query timeout is that of all statements of its session. */
    DatabaseTraits queryTimeoutOfSession() {
        queryTimeoutOfSession = true;
        return this;
    }

    /**
     * SQL or the URL can make a session read-only without telling the driver.
     *
     * @param query its last column is {@code on} then
     * @param sql makes it so
     */
    DatabaseTraits readOnlySessions(String query, String sql) {
        readOnlyQuery = query;
        readOnlySql = sql;
        return this;
    }

    /** Which databases cannot be written to, by their URL and the driver's properties. */
    DatabaseTraits unwritable(BiPredicate<String, Map<String, String>> databases) {
        unwritable = databases;
        return this;
    }

    DatabaseTraits cut(Consumer<Connection> way) {
        cut = way;
        return this;
    }

    DatabaseTraits limit(String property, TimeUnit unit) {
        limits.put(property, unit);
        return this;
    }

    DatabaseTraits readLimit(String property, TimeUnit unit) {
        readLimit = property;
        return limit(property, unit);
    }

    DatabaseTraits property(String name, String value) {
        propertiesReadOnly.put(name, value);
        propertiesUnwritable.put(name, value);
        return writingProperty(name, value);
    }

    /** Adds a property that writes to the database, or is useful only for writing. */
    DatabaseTraits writingProperty(String name, String value) {
        properties.put(name, value);
        return this;
    }

    DatabaseTraits readOnlyProperty(String name, String value) {
        propertiesReadOnly.put(name, value);
        return this;
    }

    DatabaseTraits sessionName(String property, String format, int limit) {
        sessionNameProperty = property;
        sessionNameFormat = format;
        sessionNameLimit = limit;
        return this;
    }

    DatabaseTraits inMemory(Predicate<String> urls) {
        inMemory = urls;
        return this;
    }

    DatabaseTraits inMemoryPerConnection(Predicate<String> urls) {
        inMemoryPerConnection = urls;
        return this;
    }

    DatabaseTraits sqlTransaction(SqlTransaction.Source source) {
        sqlTransaction = source;
        return this;
    }

    DatabaseTraits exchange(Exchange.Source source) {
        exchange = source;
        return this;
    }

    /** Adds attributes that are part of the transaction that changes them. */
    DatabaseTraits undoneByRollback(SessionAttribute... attributes) {
        undoneByRollback.addAll(List.of(attributes));
        return this;
    }

    DatabaseTraits noFullResetWith(String... properties) {
        noFullResetWith.addAll(List.of(properties));
        return this;
    }

    /**
     * Adds types that the driver uses for the first time when a connection is closed or aborted.
     */
    DatabaseTraits closesWith(String... types) {
        closers.addAll(List.of(types));
        return this;
    }

    DatabaseTraits endOfThreads(String type, String staticMethod) {
        threads = type;
        endOfThreads = staticMethod;
        return this;
    }

    DatabaseTraits fullReset(FullReset reset) {
        fullReset = reset;
        return this;
    }

    DatabaseTraits sessionVariables(SessionVariables settings) {
        sessionVariables = settings;
        return this;
    }

    DatabaseTraits driverSettings(String type, String... names) {
        driverSettings = new DriverSettings(type, names);
        return this;
    }

    DatabaseTraits xaDataSource(String className) {
        xaDataSource = className;
        return this;
    }

    /** {@code ?name=value&name=value} */
    DatabaseTraits urlParameters() {
        urlParameters = true;
        return this;
    }
}
