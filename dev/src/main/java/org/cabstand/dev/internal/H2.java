package org.cabstand.dev.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.config.DatabaseForDevelopment.Wanted;

/**
 * H2, in a file; other processes may connect to it while the application runs.
 *
 * <p>Thread safety: as {@link Engine}.
 */
final class H2 implements Engine {

    private static final String ADMINISTRATOR = "sa";

    private final Path folder;
    private final String driver;
    private final ClassLoader loader;

    H2(Path root, String driver, ClassLoader loader) {
        this.folder = root.resolve(Kind.H2.word());
        this.driver = driver;
        this.loader = loader;
    }

    /** Only creates the folder, because H2 starts with the first connection. */
    @Override
    public void start() throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public Database database(Wanted wanted, String name, boolean fresh) throws SQLException {
        String user = wanted.username() == null ? ADMINISTRATOR : wanted.username();
        String url = "jdbc:h2:file:" + folder.resolve(name) + ";AUTO_SERVER=TRUE";
        boolean isNew = !Files.exists(folder.resolve(name + ".mv.db"));
        if (fresh && !isNew) {
            try (Connection connection =
                    Jdbc.connect(driver, loader, url, user, wanted.password())) {
                Jdbc.execute(connection, "drop all objects");
            }
            isNew = true;
        }
        return new Database(
                url + (wanted.username() == null ? ";USER=" + user : ""),
                user,
                isNew,
                "java -cp h2.jar org.h2.tools.Shell -url \"" + url + "\" -user " + user);
    }
}
