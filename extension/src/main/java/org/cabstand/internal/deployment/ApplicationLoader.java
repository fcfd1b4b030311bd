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
 * Finds the class loader with the application's drivers and configuration. An EAR has several.
 *
 * <p>Thread safety: stateless.
 */
public final class ApplicationLoader {

    private static final String FILE = "META-INF/microprofile-config.properties";

    private ApplicationLoader() {}

    /**
     * The application's class loader. Call this while the application is deployed.
     *
     * @return the context loader, or the jar's own if the context loader does not see this jar: then it is in a WAR,
     *     and the EAR is being deployed
     */
    public static ClassLoader find() {
        ClassLoader ofContext = Thread.currentThread().getContextClassLoader();
        return ofContext != null && seesOurs(ofContext) ? ofContext : Pool.class.getClassLoader();
    }

    /**
     * Whether a class belongs to the application that this jar belongs to. In an EAR whose WARs each have the jar,
     * containers report the classes of all of them.
     *
     * @param type a class of some application, or of none
     * @return false if it sees no {@link Pool}, or another one
     */
    static boolean seesOurs(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || seesOurs(loader);
    }

    private static boolean seesOurs(ClassLoader loader) {
        try {
            return loader.loadClass(Pool.class.getName()) == Pool.class;
        } catch (ClassNotFoundException e) {
            return false; // the answer to the question
        }
    }

    /**
     * Looks for configuration in files that Config does not read. Files that the context loader sees are skipped when
     * nothing is missing, because whether Config reads them is the application's own choice.
     *
     * @param config the server's configuration
     * @param loaders of the application's classes
     * @param root the prefix of our keys
     * @param ofContextToo whether something is missing that may be in a file that the context loader sees
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

    /** Returns a key of ours that no source of Config has. Only names count, because values are checked elsewhere. */
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
