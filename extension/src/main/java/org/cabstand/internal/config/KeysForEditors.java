package org.cabstand.internal.config;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Our keys, for editors: MicroProfile's language server collects the fields with {@code @ConfigProperty} of a project
 * and its jars, and completes their names; <code>{*}</code> stands for the name of a pool. Nobody makes an instance,
 * and nothing is injected. The types are text, {@code int} and {@code boolean} only: of an enum it would offer the
 * constants' names, and mark our words as wrong.
 *
 * <p>Thread safety: never used.
 *
 * @see <a href="https://github.com/eclipse-lsp4mp/lsp4mp">the language server</a>
 */
@SuppressWarnings({"unused", "NullAway.Init"}) // by editors only
final class KeysForEditors {

    @ConfigProperty(name = "cabstand.pool.{*}.url")
    private String url;

    @ConfigProperty(name = "cabstand.pool.{*}.username")
    private String username;

    @ConfigProperty(name = "cabstand.pool.{*}.password")
    private String password;

    @ConfigProperty(name = "cabstand.pool.{*}.driver")
    private String driver;

    @ConfigProperty(name = "cabstand.pool.{*}.active", defaultValue = "true")
    private boolean active;

    @ConfigProperty(name = "cabstand.pool.{*}.min-size", defaultValue = "0")
    private int minSize;

    @ConfigProperty(name = "cabstand.pool.{*}.max-size", defaultValue = "10")
    private int maxSize;

    @ConfigProperty(name = "cabstand.pool.{*}.initial-size")
    private int initialSize;

    @ConfigProperty(name = "cabstand.pool.{*}.acquisition-timeout", defaultValue = "5s")
    private String acquisitionTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.max-waiting", defaultValue = "0")
    private int maxWaiting;

    @ConfigProperty(name = "cabstand.pool.{*}.login-timeout", defaultValue = "5s")
    private String loginTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.network-timeout", defaultValue = "off")
    private String networkTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.max-lifetime", defaultValue = "30m")
    private String maxLifetime;

    @ConfigProperty(name = "cabstand.pool.{*}.idle-timeout", defaultValue = "10m")
    private String idleTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.validate-after-idle", defaultValue = "500ms")
    private String validateAfterIdle;

    @ConfigProperty(name = "cabstand.pool.{*}.validation-interval", defaultValue = "2m")
    private String validationInterval;

    @ConfigProperty(name = "cabstand.pool.{*}.validation-timeout", defaultValue = "1s")
    private String validationTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.validation-query")
    private String validationQuery;

    @ConfigProperty(name = "cabstand.pool.{*}.auto-commit", defaultValue = "true")
    private boolean autoCommit;

    @ConfigProperty(name = "cabstand.pool.{*}.read-only", defaultValue = "false")
    private boolean readOnly;

    @ConfigProperty(name = "cabstand.pool.{*}.isolation")
    private String isolation;

    @ConfigProperty(name = "cabstand.pool.{*}.initial-sql")
    private String initialSql;

    @ConfigProperty(name = "cabstand.pool.{*}.reset", defaultValue = "standard")
    private String reset;

    @ConfigProperty(name = "cabstand.pool.{*}.drain-timeout", defaultValue = "5s")
    private String drainTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.leak-timeout", defaultValue = "off")
    private String leakTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.slow-acquire", defaultValue = "2s")
    private String slowAcquire;

    @ConfigProperty(name = "cabstand.pool.{*}.slow-sql", defaultValue = "off")
    private String slowSql;

    @ConfigProperty(name = "cabstand.pool.{*}.multiple-acquisition", defaultValue = "off")
    private String multipleAcquisition;

    @ConfigProperty(name = "cabstand.pool.{*}.tracing", defaultValue = "false")
    private boolean tracing;

    @ConfigProperty(name = "cabstand.pool.{*}.transactions", defaultValue = "auto")
    private String transactions;

    @ConfigProperty(name = "cabstand.pool.{*}.health.enabled", defaultValue = "true")
    private boolean healthEnabled;

    @ConfigProperty(name = "cabstand.pool.{*}.health.timeout", defaultValue = "1s")
    private String healthTimeout;

    @ConfigProperty(name = "cabstand.pool.{*}.health.startup", defaultValue = "false")
    private boolean healthStartup;

    @ConfigProperty(name = "cabstand.pool.{*}.jmx", defaultValue = "true")
    private boolean jmx;

    @ConfigProperty(name = "cabstand.pool.{*}.jpa.unit")
    private String jpaUnit;

    @ConfigProperty(name = "cabstand.pool.{*}.jpa.packages")
    private String jpaPackages;

    @ConfigProperty(name = "cabstand.pool.{*}.dev")
    private String dev;

    @ConfigProperty(name = "cabstand.pool.{*}.dev.fresh", defaultValue = "false")
    private boolean devFresh;

    @ConfigProperty(name = "cabstand.pool.{*}.dev.init-script")
    private String devInitScript;

    @ConfigProperty(name = "cabstand.pool.{*}.dev.folder", defaultValue = "target/cabstand-dev")
    private String devFolder;

    @ConfigProperty(name = "cabstand.defaults.url")
    private String defaultUrl;

    @ConfigProperty(name = "cabstand.defaults.username")
    private String defaultUsername;

    @ConfigProperty(name = "cabstand.defaults.password")
    private String defaultPassword;

    @ConfigProperty(name = "cabstand.defaults.driver")
    private String defaultDriver;

    @ConfigProperty(name = "cabstand.defaults.active", defaultValue = "true")
    private boolean defaultActive;

    @ConfigProperty(name = "cabstand.defaults.min-size", defaultValue = "0")
    private int defaultMinSize;

    @ConfigProperty(name = "cabstand.defaults.max-size", defaultValue = "10")
    private int defaultMaxSize;

    @ConfigProperty(name = "cabstand.defaults.initial-size")
    private int defaultInitialSize;

    @ConfigProperty(name = "cabstand.defaults.acquisition-timeout", defaultValue = "5s")
    private String defaultAcquisitionTimeout;

    @ConfigProperty(name = "cabstand.defaults.max-waiting", defaultValue = "0")
    private int defaultMaxWaiting;

    @ConfigProperty(name = "cabstand.defaults.login-timeout", defaultValue = "5s")
    private String defaultLoginTimeout;

    @ConfigProperty(name = "cabstand.defaults.network-timeout", defaultValue = "off")
    private String defaultNetworkTimeout;

    @ConfigProperty(name = "cabstand.defaults.max-lifetime", defaultValue = "30m")
    private String defaultMaxLifetime;

    @ConfigProperty(name = "cabstand.defaults.idle-timeout", defaultValue = "10m")
    private String defaultIdleTimeout;

    @ConfigProperty(name = "cabstand.defaults.validate-after-idle", defaultValue = "500ms")
    private String defaultValidateAfterIdle;

    @ConfigProperty(name = "cabstand.defaults.validation-interval", defaultValue = "2m")
    private String defaultValidationInterval;

    @ConfigProperty(name = "cabstand.defaults.validation-timeout", defaultValue = "1s")
    private String defaultValidationTimeout;

    @ConfigProperty(name = "cabstand.defaults.validation-query")
    private String defaultValidationQuery;

    @ConfigProperty(name = "cabstand.defaults.auto-commit", defaultValue = "true")
    private boolean defaultAutoCommit;

    @ConfigProperty(name = "cabstand.defaults.read-only", defaultValue = "false")
    private boolean defaultReadOnly;

    @ConfigProperty(name = "cabstand.defaults.isolation")
    private String defaultIsolation;

    @ConfigProperty(name = "cabstand.defaults.initial-sql")
    private String defaultInitialSql;

    @ConfigProperty(name = "cabstand.defaults.reset", defaultValue = "standard")
    private String defaultReset;

    @ConfigProperty(name = "cabstand.defaults.drain-timeout", defaultValue = "5s")
    private String defaultDrainTimeout;

    @ConfigProperty(name = "cabstand.defaults.leak-timeout", defaultValue = "off")
    private String defaultLeakTimeout;

    @ConfigProperty(name = "cabstand.defaults.slow-acquire", defaultValue = "2s")
    private String defaultSlowAcquire;

    @ConfigProperty(name = "cabstand.defaults.slow-sql", defaultValue = "off")
    private String defaultSlowSql;

    @ConfigProperty(name = "cabstand.defaults.multiple-acquisition", defaultValue = "off")
    private String defaultMultipleAcquisition;

    @ConfigProperty(name = "cabstand.defaults.tracing", defaultValue = "false")
    private boolean defaultTracing;

    @ConfigProperty(name = "cabstand.defaults.transactions", defaultValue = "auto")
    private String defaultTransactions;

    @ConfigProperty(name = "cabstand.defaults.health.enabled", defaultValue = "true")
    private boolean defaultHealthEnabled;

    @ConfigProperty(name = "cabstand.defaults.health.timeout", defaultValue = "1s")
    private String defaultHealthTimeout;

    @ConfigProperty(name = "cabstand.defaults.health.startup", defaultValue = "false")
    private boolean defaultHealthStartup;

    @ConfigProperty(name = "cabstand.defaults.jmx", defaultValue = "true")
    private boolean defaultJmx;

    @ConfigProperty(name = "cabstand.defaults.jpa.unit")
    private String defaultJpaUnit;

    @ConfigProperty(name = "cabstand.defaults.jpa.packages")
    private String defaultJpaPackages;

    @ConfigProperty(name = "cabstand.defaults.dev")
    private String defaultDev;

    @ConfigProperty(name = "cabstand.defaults.dev.fresh", defaultValue = "false")
    private boolean defaultDevFresh;

    @ConfigProperty(name = "cabstand.defaults.dev.init-script")
    private String defaultDevInitScript;

    @ConfigProperty(name = "cabstand.defaults.dev.folder", defaultValue = "target/cabstand-dev")
    private String defaultDevFolder;

    @ConfigProperty(name = "cabstand.pool.{*}.properties.{*}")
    private String driverProperty;

    @ConfigProperty(name = "cabstand.defaults.properties.{*}")
    private String defaultDriverProperty;

    @ConfigProperty(name = "cabstand.pool.{*}.jpa.properties.{*}")
    private String jpaProperty;

    @ConfigProperty(name = "cabstand.defaults.jpa.properties.{*}")
    private String defaultJpaProperty;

    @ConfigProperty(name = "cabstand.default-pool")
    private String defaultPool;

    @ConfigProperty(name = "cabstand.console.enabled", defaultValue = "false")
    private boolean consoleEnabled;

    @ConfigProperty(name = "cabstand.console.role")
    private String consoleRole;

    private KeysForEditors() {}
}
