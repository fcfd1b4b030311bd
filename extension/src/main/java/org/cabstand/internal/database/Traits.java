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

/**
 * The data about one database.
 *
 * <p>Thread safety: filled while the constants of {@link Database} are created, and never changed
 * after that.
 */
final class Traits {

    final String urlPrefix;
    final String driver;
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

    String readLimit;
    String sessionNameProperty;
    String sessionNameFormat;
    int sessionNameLimit;
    Predicate<String> inMemory = url -> false;
    Predicate<String> inMemoryPerConnection = url -> false;
    SqlTransaction.Source sqlTransaction;
    Exchange.Source exchange;
    final Set<SessionAttribute> undoneByRollback = EnumSet.noneOf(SessionAttribute.class);
    final Set<String> noFullResetWith = new LinkedHashSet<>();
    final Set<String> closers = new LinkedHashSet<>();
    String threads;
    String endOfThreads;
    FullReset fullReset;
    SessionVariables sessionVariables;
    DriverSettings driverSettings;
    String xaDataSource;
    boolean urlParameters;
    boolean inProcess;
    boolean schemaPath;
    BiPredicate<String, Map<String, String>> unwritable = (url, properties) -> false;
    Consumer<Connection> cut = connection -> {};

    Traits(String urlPrefix, String driver) {
        this.urlPrefix = urlPrefix;
        this.driver = driver;
    }

    Traits fatalStates(String... states) {
        fatalStates.addAll(List.of(states));
        return this;
    }

    Traits fatalCodes(Integer... codes) {
        fatalCodes.addAll(List.of(codes));
        return this;
    }

    Traits readOnlyStates(String... states) {
        readOnlyStates.addAll(List.of(states));
        return this;
    }

    Traits readOnlyCodes(Integer... codes) {
        readOnlyCodes.addAll(List.of(codes));
        return this;
    }

    /** Adds refusals that have no SQLState of class 28. */
    Traits refusalCodes(Integer... codes) {
        refusalCodes.addAll(List.of(codes));
        return this;
    }

    Traits fullStates(String... states) {
        fullStates.addAll(List.of(states));
        return this;
    }

    Traits fullCodes(Integer... codes) {
        fullCodes.addAll(List.of(codes));
        return this;
    }

    Traits inProcess() {
        inProcess = true;
        return this;
    }

    /** JDBC shows the first schema of a path only. */
    Traits schemaPath() {
        schemaPath = true;
        return this;
    }

    /** Which databases cannot be written to, by their URL and the driver's properties. */
    Traits unwritable(BiPredicate<String, Map<String, String>> databases) {
        unwritable = databases;
        return this;
    }

    Traits cut(Consumer<Connection> way) {
        cut = way;
        return this;
    }

    Traits limit(String property, TimeUnit unit) {
        limits.put(property, unit);
        return this;
    }

    Traits readLimit(String property, TimeUnit unit) {
        readLimit = property;
        return limit(property, unit);
    }

    Traits property(String name, String value) {
        propertiesReadOnly.put(name, value);
        propertiesUnwritable.put(name, value);
        return writingProperty(name, value);
    }

    /** Adds a property that writes to the database, or is useful only for writing. */
    Traits writingProperty(String name, String value) {
        properties.put(name, value);
        return this;
    }

    Traits readOnlyProperty(String name, String value) {
        propertiesReadOnly.put(name, value);
        return this;
    }

    Traits sessionName(String property, String format, int limit) {
        sessionNameProperty = property;
        sessionNameFormat = format;
        sessionNameLimit = limit;
        return this;
    }

    Traits inMemory(Predicate<String> urls) {
        inMemory = urls;
        return this;
    }

    Traits inMemoryPerConnection(Predicate<String> urls) {
        inMemoryPerConnection = urls;
        return this;
    }

    Traits sqlTransaction(SqlTransaction.Source source) {
        sqlTransaction = source;
        return this;
    }

    Traits exchange(Exchange.Source source) {
        exchange = source;
        return this;
    }

    /** Adds attributes that are part of the transaction that changes them. */
    Traits undoneByRollback(SessionAttribute... attributes) {
        undoneByRollback.addAll(List.of(attributes));
        return this;
    }

    Traits noFullResetWith(String... properties) {
        noFullResetWith.addAll(List.of(properties));
        return this;
    }

    /**
     * Adds types that the driver uses for the first time when a connection is closed or aborted.
     */
    Traits closesWith(String... types) {
        closers.addAll(List.of(types));
        return this;
    }

    Traits endOfThreads(String type, String staticMethod) {
        threads = type;
        endOfThreads = staticMethod;
        return this;
    }

    Traits fullReset(FullReset reset) {
        fullReset = reset;
        return this;
    }

    Traits sessionVariables(SessionVariables settings) {
        sessionVariables = settings;
        return this;
    }

    Traits driverSettings(String type, String... names) {
        driverSettings = new DriverSettings(type, names);
        return this;
    }

    Traits xaDataSource(String className) {
        xaDataSource = className;
        return this;
    }

    /** {@code ?name=value&name=value} */
    Traits urlParameters() {
        urlParameters = true;
        return this;
    }
}
