package org.cabstand.dev.internal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    private static final List<String> PROFILES = List.of("dev", "test");

    /** For ServiceLoader. */
    public DevelopmentDatabase() {
        // stateless
    }

    @Override
    public String url(Wanted wanted) {
        if (!isDevelopment()) {
            return null;
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Kind kind = kind(wanted, loader);
        if (!kind.canStart(loader)) {
            throw Message.NO_LIBRARY.fault(wanted.pool(), kind.word(), kind.coordinates());
        }
        Path root = Path.of(wanted.folder()).toAbsolutePath().normalize();
        try {
            String driver = kind.driver(loader);
            String name = wanted.pool().replace('-', '_');
            Engine.Database database = engine(kind, root, driver, loader).database(wanted, name);
            if (database.isNew() && wanted.initScript() != null) {
                fill(wanted, database, driver, loader);
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
        } catch (SQLException | IOException | RuntimeException e) {
            LOGGER.log(Level.DEBUG, "no database for development", e);
            throw Message.NOT_STARTED.fault(wanted.pool(), kind.word(), root, e);
        }
    }

    private static boolean isDevelopment() {
        return ConfigProvider.getConfig()
                .getOptionalValue(PROFILE, String.class)
                .map(profiles -> List.of(profiles.split("\\s*,\\s*")))
                .filter(profiles -> profiles.stream().anyMatch(PROFILES::contains))
                .isPresent();
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
            Wanted wanted, Engine.Database database, String driver, ClassLoader loader)
            throws SQLException, IOException {
        String url = database.url();
        if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
            url += (url.contains("?") ? "&" : "?") + "allowMultiQueries=true";
        }
        try (Connection connection =
                Jdbc.connect(driver, loader, url, wanted.username(), wanted.password())) {
            Jdbc.execute(connection, script(wanted.initScript(), loader));
        }
    }

    private static String script(String name, ClassLoader loader) throws IOException {
        String resource = name.startsWith("/") ? name.substring(1) : name;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in != null) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return Files.readString(Path.of(name));
    }
}
