package org.cabstand.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a user can see, each with its code.
 *
 * <p>A message says what is wrong, where, and how to fix it. No argument may be a secret: URLs come through
 * {@link org.cabstand.internal.config.Secrets}. {@code docs/messages.md} has an entry for each code. A code is
 * never used again for another message.
 */
public enum Message {
    // configuration, found at deployment
    CONFIGURATION_FAULTS(
            "CAB0001", "%d fault(s) in the configuration of the connection pools:%n%s"),
    NOT_A_NUMBER(
            "CAB0002", "'%s' is '%s', which is not a whole number. Write digits only, e.g. %s."),
    NOT_A_DURATION(
            "CAB0003",
            "'%s' is '%s', which is not a duration. Write a number with its unit (500ms, 5s, 2m,"
                    + " 1h) or ISO-8601 (PT5S)%s."),
    NOT_A_BOOLEAN("CAB0004", "'%s' is '%s'. Write true or false."),
    NOT_A_CHOICE("CAB0005", "'%s' is '%s'. Write one of: %s.%s"),
    OUT_OF_RANGE("CAB0006", "'%s' is '%s'. It must be %s."),
    UNKNOWN_KEY("CAB0007", "'%s' is an unknown key%s. Remove it or correct its name.%s"),
    BAD_POOL_NAME(
            "CAB0008",
            "'%s' is not a pool name%s. A name may contain letters, digits, '-' and '_' only."),
    SAME_ENVIRONMENT_NAME(
            "CAB0009",
            "pools '%s' and '%s' share the same environment variables (%s…). Rename one of them."),
    NO_DEFAULT_POOL(
            "CAB0010",
            "%s has no @Pool qualifier, and several pools could be the default pool: %s. Set"
                    + " 'cabstand.default-pool' to one of them, or qualify the injection point."),
    DEFAULT_POOL_UNKNOWN(
            "CAB0011",
            "'cabstand.default-pool' is '%s', but the pools are: %s.%s Correct the name."),
    NO_URL(
            "CAB0012",
            "pool '%s' has no JDBC URL%s.%s Set '%s', or add cabstand-dev, which starts a database under the"
                    + " profiles dev and test."),
    DRIVER_CLASS_MISSING(
            "CAB0013",
            "'%s' is '%s', but the application has no such class. Add the driver's jar%s, or"
                    + " correct the name."),
    NO_DRIVER(
            "CAB0014",
            "no JDBC driver of the application accepts the URL '%s' of pool '%s' ('%s'). Add the"
                    + " driver's jar%s where this one is (WEB-INF/lib, or the lib of an EAR), or correct"
                    + " the URL.%s"),
    NOT_A_DRIVER(
            "CAB0015",
            "'%s' is '%s', which cannot be used as a driver: %s. Name a java.sql.Driver or"
                    + " javax.sql.DataSource class, or remove the key to have the driver found by its URL."),
    SIZES_CONTRADICT(
            "CAB0016",
            "'%s' is %d, more than '%s', which is %d. Lower the one or raise the other."),
    NOT_SUPPORTED("CAB0017", "'%s' is '%s': %s. Set it to one of: %s."),
    UNREADABLE("CAB0018", "'%s' cannot be read: %s. Correct its value or the expression in it."),
    NO_POOL(
            "CAB0019",
            "%s needs the default pool, but no pool is declared. Set 'cabstand.pool.default.url'."),
    NO_CONFIG(
            "CAB0020",
            "MicroProfile Config provides no configuration for this application: %s. Add the"
                    + " server's MicroProfile Config feature."),
    NO_XA_DATA_SOURCE(
            "CAB0021",
            "'%s' is 'xa', which needs an XADataSource: %s. Set '%s' to the driver's XADataSource"
                    + " class, or choose another value."),
    NO_JTA(
            "CAB0022",
            "'%s' is '%s', but the jakarta.transaction API is missing. Add the server's Jakarta"
                    + " Transactions feature, or set the key to auto."),
    CREDENTIALS_IN_URL(
            "CAB0023",
            "'%s' is '%s', with a user name or password before the host. Drivers would take them"
                    + " for part of the host's name, and show them. Set '%s' and '%s' instead."),
    NO_NETWORK_TIMEOUT(
            "CAB0024", "'%s' is set, but the driver cannot limit its reads: %s. Remove it."),
    TELEMETRY_HIDDEN(
            "CAB0025",
            "'%s' is false, but the application cannot see OpenTelemetry's API, so the pools"
                    + " have no metrics. On Open Liberty use the feature mpTelemetry-2.1, or let the"
                    + " application see third-party APIs (apiTypeVisibility)."),

    CONFIGURED_ELSEWHERE(
            "CAB0026",
            "'%s' is set in %s, but the server's MicroProfile Config does not read that file, which"
                    + " belongs to one WAR of an EAR. Move it, this jar and the JDBC drivers into the lib of"
                    + " the EAR, or deploy the WAR by itself."),

    // persistence units, found at deployment
    NO_JPA(
            "CAB0160",
            "pool '%s' needs a persistence unit, but %s is missing. Add the server's Jakarta"
                    + " Persistence and Jakarta Transactions (on Open Liberty the feature persistence-3.1), or"
                    + " remove the keys below 'jpa' and the injection points of an EntityManager."),
    UNIT_UNKNOWN(
            "CAB0161",
            "'%s' is '%s', a unit that no META-INF/persistence.xml of the application has; there"
                    + " are: %s. Correct the name, or remove the key to have the unit made of the application's"
                    + " entities."),
    UNIT_OF_TWO_POOLS(
            "CAB0162",
            "persistence unit '%s' is named by '%s' and by '%s'. Name another one, or use"
                    + " jpa.packages in one of them."),
    UNIT_HAS_ITS_OWN(
            "CAB0163",
            "persistence unit '%s' has %s. Remove that: the unit gets its connections from pool '%s',"
                    + " and its transactions from the server."),
    NO_PROVIDER(
            "CAB0164",
            "there is no JPA provider for the persistence unit of pool '%s': %s. Switch on the server's"
                    + " Jakarta Persistence, or add Hibernate or EclipseLink to WEB-INF/lib."),
    UNIT_OF_SERVER(
            "CAB0165",
            "WildFly would start persistence unit '%s' itself, with a data source of its own. Add <property"
                    + " name=\"%s\" value=\"false\"/> to the unit."),
    NO_ENTITIES(
            "CAB0166",
            "an EntityManager of pool '%s' is injected, but no entity was found in %s. Set '%s' to"
                    + " the packages of the entities, or write a producer of your own."),
    PROVIDER_HIDDEN(
            "CAB0167",
            "the application cannot see Hibernate's classes, which the persistence unit of pool '%s'"
                    + " needs. On WildFly add 'Dependencies: org.hibernate' to META-INF/MANIFEST.MF."),
    UNIT_UNREADABLE(
            "CAB0168", "the persistence unit of pool '%s' cannot be read: %s. Correct the file."),
    JPA_WITHOUT_TRANSACTIONS(
            "CAB0169",
            "'%s' is 'off', but pool '%s' has a persistence unit, whose work JTA commits. Set it to"
                    + " auto."),
    UNIT_ALWAYS_OF_SERVER(
            "CAB0197",
            "this server starts each unit of META-INF/persistence.xml itself, '%s' too, with a data source"
                    + " of its own. Remove '%s' and the unit: name the packages of its entities with '%s',"
                    + " and put its properties below 'jpa.properties'."),

    // use of persistence units
    WRITTEN_OUTSIDE(
            "CAB0190",
            "%s was called outside of a JTA transaction, where the EntityManager of pool '%s' is for"
                    + " reading. Call it in @Transactional or between begin and commit of UserTransaction."),
    SESSION_AFTER_REQUEST(
            "CAB0191",
            "the %s of pool '%s' was used after its request had ended. Use it within the request, or"
                    + " inject the EntityManagerFactory and close what you open."),
    UNIT_NOT_STARTED(
            "CAB0192",
            "the persistence unit of pool '%s' could not be started: %s. The next use tries again."),
    FACTORY_NOT_CLOSED(
            "CAB0193",
            "the EntityManagerFactory of pool '%s' is closed with the application. Do not call"
                    + " close()."),
    NO_ENTITY_TRANSACTION(
            "CAB0194",
            "the EntityManager of pool '%s' takes part in JTA transactions and has none of its own. Use"
                    + " @Transactional or UserTransaction."),
    SESSION_NOT_CLOSED("CAB0195", "pool '%s': a persistence context could not be closed: %s"),
    UNIT_STARTS_FOR_LONG(
            "CAB0196",
            "the persistence unit of pool '%s' has not started within %d s. Look at thread"
                    + " 'cabstand-jpa-%s' in a thread dump: there the JPA provider starts, and creates the"
                    + " schema if it is to."),

    // use of a pool
    EXHAUSTED(
            "CAB0101",
            "pool '%s' is exhausted: no connection within %s, %d of %d in use, %d waiting.%s"
                    + " Raise '%s', or return connections earlier."),
    TOO_MANY_WAITING(
            "CAB0102",
            "pool '%s' is exhausted: %d of %d in use, and %d already waiting, as many as '%s'"
                    + " allows.%s Raise '%s', or return connections earlier."),
    CANNOT_OPEN("CAB0103", "pool '%s' cannot open a connection to %s: %s"),
    OPEN_TIMEOUT(
            "CAB0104",
            "pool '%s' got no connection to %s within %s: %d being opened, %d of %d in use."
                    + " Check that the database is reachable and answers."),
    POOL_CLOSED("CAB0105", "pool '%s' is closed: the application is being stopped."),
    POOL_INACTIVE("CAB0106", "pool '%s' is not active. Set '%s' to true to use it."),
    AFTER_REQUEST(
            "CAB0107",
            "the connection of pool '%s' was used after its request had ended. Use it within the"
                    + " request, or inject the DataSource and close what you borrow."),
    CONNECTION_CLOSED("CAB0108", "this connection of pool '%s' is closed. Borrow another one."),
    INTERRUPTED("CAB0109", "interrupted while waiting for a connection of pool '%s'."),
    OWN_CREDENTIALS(
            "CAB0110",
            "pool '%s' has its own credentials. Call getConnection() without arguments, or declare"
                    + " another pool."),
    REFUSED_ON_VIEW(
            "CAB0111",
            "%s() is not available on pool '%s', because it would break what the pool"
                    + " guarantees. Use its DataSource; this view only shows configuration and metrics."),
    CUSTOMIZER_FAILED("CAB0112", "a ConnectionCustomizer of pool '%s' failed: %s"),
    IN_TRANSACTION(
            "CAB0113",
            "%s is not allowed on a connection of pool '%s' inside a JTA transaction, because"
                    + " the transaction manager commits or rolls back. Leave it out, or set '%s' to off."
                    + " Run code that commits by itself, such as Flyway and Liquibase, outside the"
                    + " transaction."),
    TRANSACTION_REQUIRED(
            "CAB0114",
            "pool '%s' was used outside a JTA transaction. Use it in @Transactional code or"
                    + " between begin and commit of UserTransaction, or set '%s' to auto."),
    SECOND_POOL(
            "CAB0115",
            "pool '%s' cannot take part in a JTA transaction beside pool '%s', because they"
                    + " could not be committed together. Set '%s' and '%s' to xa, or set the one whose pool"
                    + " need not take part to off, or use separate transactions."),
    TRANSACTION_STATUS(
            "CAB0116",
            "the JTA transaction of this thread is %s, so pool '%s' cannot be used in it. If it"
                    + " took too long, raise its timeout or do less in it. If it has ended, as in"
                    + " afterCompletion, use the pool in a transaction of its own (REQUIRES_NEW), on"
                    + " another thread, or after that has returned."),
    NOT_ENLISTED("CAB0117", "pool '%s' could not join the JTA transaction of this thread: %s"),
    STATEMENT_ELSEWHERE(
            "CAB0118",
            "a statement or metadata of pool '%s' was created in one JTA transaction and used in"
                    + " another, or created outside a transaction and used inside one. Create it where it is"
                    + " used."),
    TRANSACTION_OVER(
            "CAB0119",
            "a statement or metadata of pool '%s' was created in a JTA transaction that has ended."
                    + " Create a new one."),
    BLOCKED_BY_ITSELF(
            "CAB0120",
            "pool '%s': this thread needs another connection, but holds %d of %d itself, and %s."
                    + " Finish that first, or raise '%s'."),
    FAILED_IN_TRANSACTION(
            "CAB0122",
            "pool '%s': a statement of the JTA transaction has failed, and the database does not"
                    + " commit after that. Let the exception end the transaction."),
    LOST_IN_TRANSACTION(
            "CAB0121",
            "pool '%s': the connection was lost before the JTA transaction could commit."),
    FAILED_BEFORE_COMMIT(
            "CAB0125",
            "pool '%s': a statement of this transaction has failed, and the database does not"
                    + " commit after that. Roll back, to a savepoint if there is one."),
    SUSPENDED(
            "CAB0123",
            "pool '%s' is suspended: %s, %d of %d in use, %d waiting. Somebody has called suspend();"
                    + " resume() ends it (PoolOperations, or JMX)."),
    EVICTION_REFUSED(
            "CAB0124",
            "the connections of pool '%s' are not evicted, because its database '%s' is in memory and gone"
                    + " with the last of them. Redeploy the application to begin with a new one."),
    TRANSACTION_BEGUN(
            "CAB0145",
            "%s is not allowed on a connection of pool '%s' once a JTA transaction has begun in"
                    + " the database: it would hold only for the next transaction, or would end this one."
                    + " Call it before the transaction's first statement."),
    SET_BY_ANOTHER(
            "CAB0146",
            "pool '%s': another connection of the same JTA transaction has changed its %s, and"
                    + " this cannot be undone: %s. Use separate transactions."),
    LOGIN_PAUSED(
            "CAB0130",
            "pool '%s' will not log in again for %s, unless user name or password changes in the"
                    + " configuration, because the database refused the login: %s"),
    OUTLIVED(
            "CAB0155",
            "pool '%s': an object obtained from a connection (%s) was used after that connection was"
                    + " returned. Obtain it again."),
    SAVEPOINT_ELSEWHERE(
            "CAB0156",
            "pool '%s': a savepoint was used on a connection or in a transaction other than its own."
                    + " Set one where it is used."),
    NESTED_IN_CUSTOMIZER(
            "CAB0157",
            "pool '%s': one of its ConnectionCustomizers asks for another connection of the same"
                    + " pool, which would call it again. Use the connection that was passed to it."),
    PROVIDER_FAILED("CAB0350", "the CredentialsProvider of pool '%s' failed: %s"),

    VALIDATION_QUERY_FAILED(
            "CAB0131", "'%s' does not work, so every connection would count as invalid: %s"),
    INITIAL_SQL_FAILED("CAB0132", "'%s' failed: %s"),
    OPENING_OVERDUE(
            "CAB0133",
            "an attempt to open a connection was given up after %s ('%s'). Check that the"
                    + " database is reachable and answers, and that the CredentialsProvider returns if"
                    + " there is one."),
    SECOND_CONNECTION(
            "CAB0135",
            "pool '%s': %s takes a second connection%s, outside of a JTA transaction, while it has been"
                    + " holding one for %s s%s. When as many threads do so as there are connections, all wait"
                    + " for each other. Return the first one before, pass it on, or set '%s' to off."),
    PREPARING_OVERDUE(
            "CAB0134",
            "pool '%s': a ConnectionCustomizer took longer than %s, so its connection was taken"
                    + " away. Do less in it."),

    // log
    UNFINISHED_WORK(
            "CAB0201",
            "pool '%s': unfinished work%s was rolled back when a connection was returned by %s."
                    + " Commit or roll back before the end of the request or close()."),
    RETURN_FAILED(
            "CAB0202",
            "pool '%s': a connection could not be cleaned when it was returned, and was"
                    + " destroyed: %s"),
    OPEN_RECOVERED(
            "CAB0204",
            "pool '%s' can open connections to %s again, after %d failed attempt(s) within %s."),
    CLOSE_FAILED("CAB0205", "pool '%s': closing a connection failed: %s"),
    DRAIN_INCOMPLETE(
            "CAB0206",
            "pool '%s': %d connection(s) still in use after %s ('%s') are closed now.%s"),
    LEAK("CAB0207", "pool '%s': a connection has been held for more than %s by %s."),
    LEAK_RETURNED("CAB0208", "pool '%s': the connection held by %s was returned."),
    UNKNOWN_DATABASE(
            "CAB0209",
            "pool '%s': the database of '%s' is unknown. It is used with plain JDBC, without"
                    + " time limits, session names or error codes of its own."),
    DRIVER_NOT_DEREGISTERED(
            "CAB0210", "the driver %s could not be deregistered from DriverManager: %s"),
    INTEGRATION_FAILED("CAB0212", "%s is present but cannot be used: %s. %s"),
    COMMIT_FAILED(
            "CAB0213",
            "pool '%s': the commit of a JTA transaction failed and counts as rolled back: %s. If"
                    + " the connection was lost during the commit, only the database knows the outcome."),
    PREPARE_REFUSED(
            "CAB0214",
            "pool '%s' voted to roll back a JTA transaction, because it takes part beside"
                    + " another resource and cannot prepare. Set '%s' to xa, or use separate transactions."),
    NO_TRANSACTION_MANAGER(
            "CAB0215",
            "the JTA API is present, but there is no %s (looked for %s and a bean). Until there"
                    + " is one, connections take part in no transaction."),
    DRIVER_THREADS_NOT_ENDED(
            "CAB0216", "threads that the driver of %s started could not be ended: %s"),
    DEMOTED(
            "CAB0220",
            "pool '%s': the database at %s has become read-only (%s). All connections are being"
                    + " replaced, in case it is a primary that was demoted."),
    RETURN_OVERDUE(
            "CAB0224",
            "pool '%s': the return of a connection took longer than %s, so it was taken away"
                    + " from %s and destroyed."),
    CLOSE_OVERDUE(
            "CAB0225", "pool '%s': a session did not close within %s and is left to the driver."),
    LIMITS_CHANGED(
            "CAB0221",
            "pool '%s': from now on min-size is %d, max-size is %d and acquisition-timeout is %s."),
    CHANGE_REFUSED(
            "CAB0222",
            "pool '%s': the changed configuration was refused, and the old values stay in force:"
                    + " %s"),
    CREDENTIALS_CHANGED(
            "CAB0223",
            "pool '%s': user name or password has changed. Open connections will be replaced"
                    + " within %s."),
    NO_WAY_BACK(
            "CAB0230",
            "pool '%s': the database's reset changes settings that a session starts with, and these"
                    + " cannot be set again: %s. So sessions are replaced at each return. Have the server set"
                    + " them for all sessions, or set '%s' to standard."),
    SLOW_ACQUIRE(
            "CAB0265",
            "pool '%s': a request has been waiting for a connection for %s: %d of %d in use, %d"
                    + " waiting.%s Return connections earlier, or raise '%s'."),
    SLOW_STATEMENT("CAB0266", "pool '%s': a statement took %s%s%s; '%s' is the limit: %s"),
    TRACING_IN_VAIN(
            "CAB0267",
            "'%s' is true, but OpenTelemetry makes no spans here: %s. Set 'otel.sdk.disabled' to false where"
                    + " the server has MicroProfile Telemetry, or give the application a bean of type"
                    + " OpenTelemetry."),
    TRACED_BY_AGENT(
            "CAB0268",
            "'%s' is true, but OpenTelemetry's Java agent makes the spans of statements, so the pool makes"
                    + " none. Remove the key, or switch the agent's off with"
                    + " otel.instrumentation.jdbc.enabled=false."),
    TRANSACTION_ABANDONED(
            "CAB0310",
            "pool %s: a request was left with its JTA transaction still open, which this server would not"
                    + " end. It is rolled back. Commit or roll back what UserTransaction.begin() has begun,"
                    + " whatever happens meanwhile."),
    TRANSACTION_NOT_ENDED(
            "CAB0311",
            "a request was left with its JTA transaction still open, and it could not be rolled back: %s."
                    + " Commit or roll back what UserTransaction.begin() has begun."),
    NOT_CLOSED(
            "CAB0240",
            "%s could not be ended with the application: %s. What is left of it will end with"
                    + " the server at the latest."),
    NOT_REHEARSED(
            "CAB0241",
            "closing could not be rehearsed: %s. If this application fails while it starts,"
                    + " connections may stay open."),
    MORE_OF_THE_SAME(
            "CAB0245", "pool '%s': the same happened %d more time(s) within %s, most recently: %s"),

    // life and operation of a pool
    POOL_STARTED("CAB0250", "pool '%s' has started: %s%s, %d to %d connections.%s"),
    POOL_ENDED(
            "CAB0251",
            "pool '%s' has ended after %s: %d borrow(s), %d connection(s) opened, %d at once, %d time-out(s)."),
    POOL_SUSPENDED(
            "CAB0252",
            "pool '%s' is suspended: borrowers get no connection, and time out after %s, until"
                    + " resume() is called."),
    POOL_RESUMED("CAB0253", "pool '%s' is no longer suspended."),
    EVICTED(
            "CAB0254",
            "pool '%s': an operator has evicted %d idle connection(s) now, and %d in use when they"
                    + " are returned."),
    JMX_NAME_TAKEN(
            "CAB0255",
            "pool '%s' is shown by JMX as '%s', because '%s' is taken by another pool. Give one of the two"
                    + " applications, or pools, another name, or set '%s' to false in one of them.");

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    private final String code;
    private final String pattern;

    Message(String code, String pattern) {
        this.code = code;
        this.pattern = pattern;
    }

    /**
     * The message's code.
     *
     * @return e.g. {@code CAB0012}
     */
    public String code() {
        return code;
    }

    /** The text with its placeholders; the example in {@code docs/messages.md} matches it. */
    String pattern() {
        return pattern;
    }

    /**
     * Code and text.
     *
     * @param args the values of the placeholders
     * @return e.g. {@code CAB0012: pool 'orders' has no JDBC URL…}
     */
    public String format(@Nullable Object... args) {
        Object[] shown = args.clone();
        for (int i = 0; i < shown.length && this != CONFIGURATION_FAULTS; i++) {
            if (shown[i] instanceof String text) {
                shown[i] = oneLine(text);
            }
        }
        return code + ": " + String.format(Locale.ROOT, pattern, shown);
    }

    /**
     * On one line, so that no name, value or error of a database can look like another log entry.
     *
     * @param text any text
     * @return the text without line breaks and other control characters
     */
    public static String oneLine(String text) {
        return LINE_BREAKS.matcher(text).replaceAll(" ");
    }
}
