package org.cabstand.it;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Any server that has a script to start it, a folder for applications and a log: what Arquillian needs of one that
 * nobody has written an adapter for.
 *
 * <p>The server's module names {@link Extension} in {@code META-INF/services}, and says by system properties
 * how the server is started ({@code it.start}), where it looks for applications ({@code it.deployments}), and
 * what it logs when it is there ({@code it.started}), and when the application NAME is ({@code it.deployed}),
 * could not be ({@code it.failed}) and is gone ({@code it.undeployed}).
 *
 * <p>Thread safety: Arquillian uses one thread.
 */
public final class DropInContainer implements DeployableContainer<DropInContainer.Settings> {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Tells Arquillian of the container. */
    public static final class Extension implements LoadableExtension {

        /** For Arquillian. */
        public Extension() {
            // nothing to set up
        }

        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, DropInContainer.class);
        }
    }

    /** All is in system properties, which tests without Arquillian read, too. */
    public static final class Settings implements ContainerConfiguration {

        /** For Arquillian. */
        public Settings() {
            // nothing to set up
        }

        @Override
        public void validate() {
            // what is missing fails where it is needed
        }
    }

    /** Written by {@link #start}. */
    private ScriptedServer server;

    /** For Arquillian. */
    public DropInContainer() {
        // started later
    }

    @Override
    public Class<Settings> getConfigurationClass() {
        return Settings.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local"); // no test runs in the server
    }

    @Override
    public void start() throws LifecycleException {
        try {
            server = ScriptedServer.start("server");
            Pattern started = Pattern.compile(ScriptedServer.setting("it.started"));
            await(0, text -> started.matcher(text).find());
        } catch (IOException | DeploymentException e) {
            throw new LifecycleException("The server does not start", e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try (ScriptedServer leaving = server) {
            leaving.terminate();
            if (!leaving.hasEndedWithin(PATIENCE)) {
                throw new LifecycleException("The server does not stop, see " + leaving.log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LifecycleException("interrupted", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        Pattern deployed = logged("it.deployed", archive);
        Pattern failed = logged("it.failed", archive);
        try {
            long before = Files.size(server.log());
            ScriptedServer.deploy(archive);
            String text =
                    await(
                            before,
                            now -> deployed.matcher(now).find() || failed.matcher(now).find());
            if (failed.matcher(text).find()) {
                undeploy(archive);
                throw new DeploymentException(text);
            }
            return new ProtocolMetaData();
        } catch (IOException e) {
            throw new DeploymentException(archive.getName(), e);
        }
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        Pattern undeployed = logged("it.undeployed", archive);
        try {
            long before = Files.size(server.log());
            if (ScriptedServer.undeploy(archive.getName())) {
                // Tomcat says so when it begins to; then it deletes what it has unpacked
                await(
                        before,
                        text ->
                                undeployed.matcher(text).find()
                                        && !ScriptedServer.isUnpacked(archive.getName()));
            }
        } catch (IOException e) {
            throw new DeploymentException(archive.getName(), e);
        }
    }

    /** Waits until the server has logged something, and returns all that it has logged since. */
    private String await(long since, Predicate<String> logged) throws DeploymentException {
        try {
            String text =
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(50))
                            .until(
                                    () -> logSince(since),
                                    now -> logged.test(now) || !server.isAlive());
            if (!server.isAlive()) {
                throw new DeploymentException("The server has ended, see " + server.log());
            }
            return text;
        } catch (ConditionTimeoutException e) {
            throw new DeploymentException("The server says nothing of it, see " + server.log(), e);
        }
    }

    private String logSince(long since) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(server.log().toFile(), "r")) {
            file.seek(since);
            byte[] bytes = new byte[(int) (file.length() - since)];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Pattern logged(String setting, Archive<?> archive) {
        String name = archive.getName().replaceFirst("\\.[^.]*$", "");
        return Pattern.compile(
                ScriptedServer.setting(setting).replace("NAME", Pattern.quote(name)));
    }
}
