package org.cabstand.internal.jmx;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.monitor.Export;
import org.cabstand.internal.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * Shows the pools of an application to JMX clients, as {@code org.cabstand:type=Pool,application=…,name=…}.
 *
 * <p>Thread safety: created when the application starts, closed when it ends.
 */
public final class JmxExport implements Export {

    /** The number of names to try; hardly so many applications of one name are deployed side by side. */
    private static final int MOST_OF_ONE_NAME = 1_000;

    /** Characters that a value in an object name may contain only if it is quoted. */
    private static final Pattern TO_BE_QUOTED = Pattern.compile("[,=:\"*?\\n]");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final List<ObjectName> names = new ArrayList<>();

    private JmxExport() {}

    /**
     * Shows pools. A pool that cannot be shown is logged, and does not affect the others.
     *
     * @param application the application's name
     * @param module the name of its module, which tells the WARs of an EAR apart; null if there is none
     * @param pools its pools
     * @return hides them again when it is closed
     */
    public static JmxExport of(
            String application, @Nullable String module, Collection<ConnectionPool> pools) {
        JmxExport export = new JmxExport();
        for (ConnectionPool pool : pools) {
            if (pool.settings().active() && pool.settings().jmx()) {
                try {
                    export.show(application, module, pool);
                } catch (JMException | RuntimeException e) {
                    Log.log(
                            Level.WARNING,
                            Message.INTEGRATION_FAILED.format(
                                    "JMX", e, "It does not show pool '" + pool.name() + "'."),
                            e);
                }
            }
        }
        return export;
    }

    private void show(String application, @Nullable String module, ConnectionPool pool)
            throws JMException {
        StandardMBean bean =
                new StandardMBean(new PoolView(pool.control()), PoolMXBean.class, true);
        String plain =
                "org.cabstand:type=Pool,application="
                        + value(application)
                        + ",name="
                        + value(pool.name());
        if (isFree(plain, bean)) {
            return;
        }
        for (String name : others(plain, module)) {
            if (isFree(name, bean)) {
                Log.log(
                        Level.WARNING,
                        Message.JMX_NAME_TAKEN.format(
                                pool.name(), name, plain, pool.settings().keyOf(Key.JMX)));
                return;
            }
        }
        throw new InstanceAlreadyExistsException(plain);
    }

    private static List<String> others(String plain, @Nullable String module) {
        List<String> others = new ArrayList<>();
        String own = module == null ? plain : plain + ",module=" + value(module);
        if (module != null) {
            others.add(own);
        }
        for (int i = 2; i < MOST_OF_ONE_NAME; i++) {
            others.add(own + ",instance=" + i);
        }
        return others;
    }

    /** Registers a pool, unless the name is taken. */
    private boolean isFree(String name, StandardMBean bean) throws JMException {
        try {
            names.add(server.registerMBean(bean, new ObjectName(name)).getObjectName());
            return true;
        } catch (InstanceAlreadyExistsException e) {
            return false;
        }
    }

    private static String value(String text) {
        return TO_BE_QUOTED.matcher(text).find() ? ObjectName.quote(text) : text;
    }

    @Override
    public void close() {
        for (ObjectName name : names) {
            try {
                server.unregisterMBean(name);
            } catch (InstanceNotFoundException e) {
                Log.debug(name + " has gone already", e);
            } catch (JMException | RuntimeException e) {
                Log.notClosed("JMX's " + name, e);
            }
        }
    }
}
