package org.cabstand.dev.internal;

import java.io.IOException;
import java.sql.SQLException;
import org.cabstand.internal.config.DatabaseForDevelopment.Wanted;

/** Creates databases. It is started with the first one, and ends with the JVM. */
interface Engine {

    /**
     * A pool's database.
     *
     * @param url contains the user name if the pool has none
     * @param user the user name to log in with
     * @param isNew whether it has just been created
     * @param command a shell command that connects to it
     */
    record Database(String url, String user, boolean isNew, String command) {}

    /** Starts the engine unless it is running. It ends with the JVM. */
    void start() throws IOException;

    /**
     * Creates a pool's database, unless it exists.
     *
     * @param fresh whether an existing one is emptied
     */
    Database database(Wanted wanted, String name, boolean fresh) throws SQLException;
}
