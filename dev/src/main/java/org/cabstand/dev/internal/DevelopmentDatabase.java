package org.cabstand.dev.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.cabstand.internal.config.DatabaseForDevelopment;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Chooses, starts and fills the database of a pool without URL.
 *
 * <p>Thread safety: stateless.
 */
public final class DevelopmentDatabase implements DatabaseForDevelopment {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private static final String PROFILE = "mp.config.profile";

    private static final String TEST = "test";

    /** The profiles, in order: whoever sets both wants a database for tests. */
    private static final List<String> PROFILES = List.of(TEST, "dev");

    /** For ServiceLoader. */
    public DevelopmentDatabase() {
        // stateless
    }

    @Override
    public String url(Wanted wanted) {
        String profile = profile();
        if (profile == null) {
            return null;
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Kind kind = kind(wanted, loader);
        if (!kind.canStart(loader)) {
            throw Message.NO_LIBRARY.fault(wanted.pool(), kind.word(), kind.coordinates());
        }
        Path folder = Path.of(wanted.folder()).toAbsolutePath().normalize();
        // tests do not see data that somebody has entered, and run while the application
        // does
        Path root = profile.equals(TEST) ? folder.resolve(TEST) : folder;
        try {
            Engine.Database database;
            // applications deployed at the same time share no classes, only the JVM's strings
            synchronized (("org.cabstand.dev " + root).intern()) {
                database = database(wanted, kind, profile, root, loader);
            }
            LOGGER.log(
                    Level.INFO,
                    Message.STARTED.format(
                            wanted.pool(),
                            database.url(),
                            database.user(),
                            root,
                            database.command()));
            return database.url();
        } catch (Server.FolderInUse e) {
            throw Message.IN_USE.fault(wanted.pool(), root, wanted.pool());
        } catch (SQLException | IOException | RuntimeException | LinkageError e) {
            LOGGER.log(Level.DEBUG, "no database for development", e);
            throw Message.NOT_STARTED.fault(wanted.pool(), kind.word(), root, e);
        }
    }

    /** The active profile that allows databases; null if there is none. */
    private static String profile() {
        List<String> active =
                ConfigProvider.getConfig()
                        .getOptionalValue(PROFILE, String.class)
                        .map(profiles -> List.of(profiles.strip().split("\\s*,\\s*")))
                        .orElse(List.of());
        return PROFILES.stream().filter(active::contains).findFirst().orElse(null);
    }

    private static Engine.Database database(
            Wanted wanted, Kind kind, String profile, Path root, ClassLoader loader)
            throws SQLException, IOException {
        String driver = kind.driver(loader);
        String name = wanted.pool().replace('-', '_');
        Engine engine = engine(kind, root, driver, loader);
        engine.start();
        Path note = root.resolve(kind.word() + "-" + name + ".script");
        InitScript script = InitScript.of(wanted.initScript(), loader, note);
        boolean fresh = wanted.fresh() || !script.isDone();
        if (!fresh && script.isAnother()) {
            if (profile.equals(TEST)) {
                fresh = true;
            } else {
                LOGGER.log(
                        Level.WARNING,
                        Message.SCRIPT_CHANGED.format(
                                wanted.pool(), wanted.initScript(), wanted.pool()));
            }
        }
        if (fresh) {
            script.begin();
        }
        Engine.Database database = engine.database(wanted, name, fresh);
        if (database.isNew()) {
            if (!script.sql().isEmpty()) {
                fill(wanted, script.sql(), database, driver, loader);
            }
            script.done();
        }
        return database;
    }

    private static Kind kind(Wanted wanted, ClassLoader loader) {
        if (wanted.kind() == null) {
            Kind found = Kind.byDriver(loader);
            if (found == null) {
                throw Message.NO_DRIVER.fault(wanted.pool(), wanted.pool());
            }
            return found;
        }
        Kind named = Kind.named(wanted.kind().strip());
        if (named == null) {
            throw Message.NOT_A_KIND.fault(wanted.pool(), wanted.kind(), Kind.words());
        }
        if (named.driver(loader) == null) {
            throw Message.NO_DRIVER.fault(wanted.pool(), wanted.pool());
        }
        return named;
    }

    private static Engine engine(Kind kind, Path root, String driver, ClassLoader loader) {
        return switch (kind) {
            case POSTGRESQL -> new Postgres(root, driver, loader);
            case MARIADB -> new MariaDb(root, driver, loader);
            case H2 -> new H2(root, driver, loader);
        };
    }

    private static void fill(
            Wanted wanted, String sql, Engine.Database database, String driver, ClassLoader loader)
            throws SQLException {
        String url = database.url();
        if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            url += (url.contains("?") ? "&" : "?") + "allowMultiQueries=true";
        }
        try (Connection connection =
                Jdbc.connect(driver, loader, url, wanted.username(), wanted.password())) {
            Jdbc.execute(connection, sql);
        }
    }
}
