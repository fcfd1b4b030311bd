package org.cabstand.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A JMX client of the server's JVM: it attaches to that, as JConsole does, and has none of the classes that run there.
 *
 * <p>Thread safety: one thread.
 */
final class JmxClient implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private JmxClient(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /**
     * Finds the JVM of the server under test.
     *
     * @param application one that is deployed there, and shows its pools
     */
    static JmxClient ofServerOf(String application) {
        List<Long> candidates = candidates();
        for (long pid : candidates) {
            try {
                JmxClient client = new JmxClient(JMXConnectorFactory.connect(address(pid)));
                if (!client.pools(application).isEmpty()) {
                    return client;
                }
                client.close();
            } catch (IOException | AttachNotSupportedException e) {
                // a JVM that has just ended, or of another kind
            }
        }
        throw new AssertionError("none of " + candidates + " shows pools of " + application);
    }

    private static JMXServiceURL address(long pid) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            return new JMXServiceURL(machine.startLocalManagementAgent());
        } finally {
            machine.detach();
        }
    }

    /** The JVMs that run out of the server's directory. */
    private static List<Long> candidates() {
        String home = System.getProperty("server.home");
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != ProcessHandle.current().pid())
                .filter(pid -> commandLine(pid).contains(home))
                .filter(pid -> commandLine(pid).split("\0")[0].endsWith("java"))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    /** The names of an application's pools. */
    Set<String> pools(String application) {
        try {
            return server
                    .queryNames(
                            new ObjectName(
                                    "org.cabstand:type=Pool,application=" + application + ",*"),
                            null)
                    .stream()
                    .map(ObjectName::getCanonicalName)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ObjectName pool(String application, String name) {
        try {
            return new ObjectName(
                    "org.cabstand",
                    new Hashtable<>(
                            Map.of("type", "Pool", "application", application, "name", name)));
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Object get(ObjectName pool, String attribute) {
        try {
            return server.getAttribute(pool, attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Object call(ObjectName pool, String operation) {
        try {
            return server.invoke(pool, operation, null, null);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
