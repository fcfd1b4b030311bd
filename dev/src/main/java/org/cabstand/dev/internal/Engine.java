package org.cabstand.dev.internal;

import java.io.IOException;
import java.sql.SQLException;
import org.cabstand.internal.config.DatabaseForDevelopment.Wanted;

/** Makes databases; started with the first one, ended with the JVM. */
interface Engine {

    /**
     * A pool's database.
     *
     * @param url with user name where the pool has none
     * @param user who logs in
     * @param isNew whether it has just been made
     * @param command connects a person to it
     */
    record Database(String url, String user, boolean isNew, String command) {}

    /** Makes a pool's database, unless it is there. */
    Database database(Wanted wanted, String name) throws SQLException, IOException;
}
