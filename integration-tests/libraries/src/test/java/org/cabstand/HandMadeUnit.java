package org.cabstand;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.persistence.transaction.JTATransactionController;
import org.hibernate.engine.transaction.jta.platform.internal.AbstractJtaPlatform;

/** A persistence unit over a pool's DataSource, made by hand, as an application does that wants no bean of ours. */
record HandMadeUnit(PersistenceProvider provider, DataSource dataSource, boolean jta)
        implements PersistenceUnitInfo {

    /** Leads EclipseLink to the transactions of the test. */
    public static final class EclipseLinkPlatform
            extends org.eclipse.persistence.platform.server.ServerPlatformBase {
        public EclipseLinkPlatform(org.eclipse.persistence.sessions.DatabaseSession session) {
            super(session);
        }

        @Override
        public Class<? extends org.eclipse.persistence.sessions.ExternalTransactionController>
                getExternalTransactionControllerClass() {
            return EclipseLinkTransactions.class;
        }
    }

    /** EclipseLink's view of the transaction manager. */
    public static final class EclipseLinkTransactions extends JTATransactionController {
        @Override
        protected jakarta.transaction.TransactionManager acquireTransactionManager() {
            return com.arjuna.ats.jta.TransactionManager.transactionManager();
        }
    }

    /** Hibernate's view of the transaction manager. */
    private static final class HibernatePlatform extends AbstractJtaPlatform {
        private static final long serialVersionUID = 1L;

        @Override
        protected jakarta.transaction.TransactionManager locateTransactionManager() {
            return com.arjuna.ats.jta.TransactionManager.transactionManager();
        }

        @Override
        protected jakarta.transaction.UserTransaction locateUserTransaction() {
            return com.arjuna.ats.jta.UserTransaction.userTransaction();
        }
    }

    EntityManagerFactory start() {
        return start(Map.of());
    }

    EntityManagerFactory start(Map<String, Object> more) {
        Map<String, Object> settings = new java.util.HashMap<>(more);
        settings.put("eclipselink.weaving", "false");
        settings.put("eclipselink.logging.level", "OFF");
        settings.put("eclipselink.session-name", "unit-" + System.identityHashCode(this));
        if (jta) {
            settings.put("eclipselink.target-server", EclipseLinkPlatform.class.getName());
            settings.put("hibernate.transaction.jta.platform", new HibernatePlatform());
        }
        return provider.createContainerEntityManagerFactory(this, settings);
    }

    @Override
    public String getPersistenceUnitName() {
        return "rides";
    }

    @Override
    public String getPersistenceProviderClassName() {
        return provider.getClass().getName();
    }

    @Override
    public PersistenceUnitTransactionType getTransactionType() {
        return jta
                ? PersistenceUnitTransactionType.JTA
                : PersistenceUnitTransactionType.RESOURCE_LOCAL;
    }

    @Override
    public DataSource getJtaDataSource() {
        return jta ? dataSource : null;
    }

    @Override
    public DataSource getNonJtaDataSource() {
        return jta ? null : dataSource;
    }

    @Override
    public List<String> getMappingFileNames() {
        return List.of();
    }

    @Override
    public List<URL> getJarFileUrls() {
        return List.of();
    }

    @Override
    public URL getPersistenceUnitRootUrl() {
        return getClass().getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    public List<String> getManagedClassNames() {
        return List.of(RideEntity.class.getName());
    }

    @Override
    public boolean excludeUnlistedClasses() {
        return true;
    }

    @Override
    public SharedCacheMode getSharedCacheMode() {
        return SharedCacheMode.NONE;
    }

    @Override
    public ValidationMode getValidationMode() {
        return ValidationMode.NONE;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getPersistenceXMLSchemaVersion() {
        return "3.0";
    }

    @Override
    public ClassLoader getClassLoader() {
        return getClass().getClassLoader();
    }

    @Override
    public void addTransformer(ClassTransformer transformer) {
        // nothing is woven
    }

    @Override
    public ClassLoader getNewTempClassLoader() {
        return new java.net.URLClassLoader(new URL[0], getClassLoader());
    }
}
