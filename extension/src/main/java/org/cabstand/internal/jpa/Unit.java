package org.cabstand.internal.jpa;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * The description of a persistence unit for its provider, as from a container: with JTA, and over a pool.
 *
 * <p>Classes are not transformed, because the application has already loaded them.
 *
 * <p>Thread safety: immutable.
 *
 * @see <a href="https://jakarta.ee/specifications/persistence/3.1/jakarta-persistence-spec-3.1#a12357">Jakarta
 *     Persistence 3.1, 9.6 PersistenceUnitInfo</a>
 */
final class Unit implements PersistenceUnitInfo {

    private static final String VERSION = "3.0";

    private final UnitDefinition definition;
    private final URL root;
    private final DataSource dataSource;
    private final ClassLoader loader;

    /**
     * A unit, created at deployment.
     *
     * @param definition its classes and settings
     * @param root its location as given to the provider; null for a provider that does not need it
     * @param dataSource the pool's
     * @param loader the application's
     */
    Unit(UnitDefinition definition, URL root, DataSource dataSource, ClassLoader loader) {
        this.definition = definition;
        this.root = root;
        this.dataSource = dataSource;
        this.loader = loader;
    }

    @Override
    public String getPersistenceUnitName() {
        return definition.name();
    }

    @Override
    public String getPersistenceProviderClassName() {
        return definition.provider();
    }

    /**
     * JPA 3.2's.
     *
     * @return null: the beans are ours
     */
    public String getScopeAnnotationName() {
        return null;
    }

    /**
     * JPA 3.2's.
     *
     * @return none: the beans are ours
     */
    public List<String> getQualifierAnnotationNames() {
        return List.of();
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return PersistenceUnitTransactionType.JTA;
    }

    @Override
    public DataSource getJtaDataSource() {
        return dataSource;
    }

    /** The same DataSource: it works outside of transactions when the thread does. */
    @Override
    public DataSource getNonJtaDataSource() {
        return null;
    }

    @Override
    public List<String> getMappingFileNames() {
        return definition.mappingFiles();
    }

    /** None: their classes are among the managed classes. */
    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public URL getPersistenceUnitRootUrl() {
        return root;
    }

    @Override
    public List<String> getManagedClassNames() {
        return definition.classes();
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return definition.cache();
    }

    @Override
    public ValidationMode getValidationMode() {
        return definition.validation();
    }

    @Override
    public Properties getProperties() {
        Properties properties = new Properties();
        properties.putAll(definition.properties());
        return properties;
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return VERSION;
    }

    @Override
    public ClassLoader getClassLoader() {
        return loader;
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {
        // too late: the classes are loaded
    }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return loader;
    }
}
