package org.cabstand.it.openwebbeans;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.webbeans.config.WebBeansFinder;
import org.apache.webbeans.lifecycle.StandaloneLifeCycle;
import org.apache.webbeans.util.WebBeansUtil;

/**
 * OpenWebBeans SE as the extension's tests expect a container: the thread that starts it is in no request,
 * since the tests begin and end theirs themselves; a start that has failed leaves the class loader to the
 * next test, and says why: OpenWebBeans says it in its log only.
 */
public class TestLifeCycle extends StandaloneLifeCycle {

    private static final Logger LOG = Logger.getLogger("org.apache.webbeans");

    /** Made by OpenWebBeans, by {@code openwebbeans.properties}. */
    public TestLifeCycle() {
        // nothing to set up
    }

    /** The exceptions that OpenWebBeans logs. */
    private static final class Failures extends Handler {

        private final List<String> messages = new ArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            if (logged.getThrown() != null) {
                messages.add(logged.getThrown().getMessage());
            }
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Override
    public void startApplication(Object startupObject) {
        Failures failures = new Failures();
        LOG.addHandler(failures);
        try {
            super.startApplication(startupObject);
        } catch (RuntimeException | Error e) {
            WebBeansFinder.clearInstances(WebBeansUtil.getCurrentClassLoader());
            if (!failures.messages.isEmpty()) {
                throw new DeploymentException(String.join("\n", failures.messages), e);
            }
            throw e;
        } finally {
            LOG.removeHandler(failures);
        }
    }

    @Override
    protected void afterStartApplication(Object startupObject) {
        super.afterStartApplication(startupObject);
        webBeansContext.getContextsService().endContext(RequestScoped.class, null);
    }
}
