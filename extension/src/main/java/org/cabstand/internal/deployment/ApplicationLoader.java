package org.cabstand.internal.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.cabstand.Pool;
import org.cabstand.internal.Message;
import org.eclipse.microprofile.config.Config;

/**
 * Where the application has its drivers and its configuration: in an EAR there is more than one place.
 *
 * <p>Thread safety: stateless.
 */
public final class ApplicationLoader {

    private static final String FILE = "META-INF/microprofile-config.properties";

    private ApplicationLoader() {}

    /**
     * The application's class loader; to be called while it is deployed.
     *
     * @return the context loader, or where that does not see this jar the jar's own: the one of a WAR whose
     *     EAR is deployed
     */
    public static ClassLoader find() {
        ClassLoader ofContext = Thread.currentThread().getContextClassLoader();
        return ofContext != null && seesOurs(ofContext) ? ofContext : Pool.class.getClassLoader();
    }

    /**
     * Whether a class belongs to the application that this jar belongs to. In an EAR whose WARs each have
     * the jar, containers tell of the classes of all of them.
     *
     * @param type a class of some application, or of none
     * @return false where it sees no {@link Pool}, or another one
     */
    static boolean seesOurs(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || seesOurs(loader);
    }

    private static boolean seesOurs(ClassLoader loader) {
        try {
            return loader.loadClass(Pool.class.getName()) == Pool.class;
        } catch (ClassNotFoundException e) {
            return false; // that is the question's answer
        }
    }

    /**
     * Looks for what somebody has configured in a place that Config does not read. What the context loader
     * sees is left out where all is well: whether Config reads that is the application's own choice.
     *
     * @param config what the server gives
     * @param loaders of the application's classes
     * @param root what our keys begin with
     * @param ofContextToo whether something is missing that may stand there
     * @return the fault, or null
     */
    public static String configuredElsewhere(
            Config config, Collection<ClassLoader> loaders, String root, boolean ofContextToo) {
        ClassLoader ofContext = Thread.currentThread().getContextClassLoader();
        try {
            for (ClassLoader loader : loaders) {
                if (ofContextToo || loader != ofContext) {
                    for (URL file : Collections.list(loader.getResources(FILE))) {
                        String key = notIn(config, read(file), root);
                        if (key != null) {
                            return Message.CONFIGURED_ELSEWHERE.format(key, file);
                        }
                    }
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key of ours that no source of Config has: what a value says may be wrong, and is judged elsewhere. */
    private static String notIn(Config config, Properties properties, String root) {
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (key.startsWith(root)
                    && StreamSupport.stream(config.getConfigSources().spliterator(), false)
                            .allMatch(source -> source.getValue(key) == null)) {
                return key;
            }
        }
        return null;
    }

    private static Properties read(URL file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = file.openStream()) {
            properties.load(in);
        }
        return properties;
    }
}
