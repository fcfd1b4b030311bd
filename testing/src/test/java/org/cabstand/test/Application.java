package org.cabstand.test;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.jta.cdi.TransactionExtension;
import jakarta.enterprise.context.RequestScoped;
import org.cabstand.CabstandExtension;
import org.jboss.weld.junit5.WeldInitiator;

/** Starts the application that is tested, with a JTA transaction manager. */
final class Application {

    private Application() {}

    static WeldInitiator weld(Class<?>... more) {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("test");
        } catch (CoreEnvironmentBeanException e) {
            throw new AssertionError(e);
        }
        arjPropertyManager
                .getObjectStoreEnvironmentBean()
                .setObjectStoreDir("target/transaction-log");
        return WeldInitiator.from(
                        WeldInitiator.createWeld()
                                .beanClasses(Orders.class, Orders.Audit.class)
                                .addBeanClasses(more)
                                .addExtensions(new CabstandExtension(), new TransactionExtension()))
                .activate(RequestScoped.class)
                .build();
    }
}
