package org.cabstand;

import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * A way to use a library.
 *
 * @param library its name
 * @param name how it is used, as the documentation says it
 * @param connections how many connections of the pool it needs at once
 * @param advice what to configure, as the documentation says it
 * @param effect SQL that counts what has been written under a number, {@code %d}
 * @param writer writes something
 */
record Way(
        String library, String name, int connections, String advice, String effect, Writer writer) {

    static final String RIDE = "select count(*) from ride where id = %d";

    /** Writes through a library, and commits if the library is told to. */
    interface Writer {
        void write(Application application, int id) throws Exception;
    }

    /** What an application has. */
    record Application(
            DataSource dataSource,
            Connection connection,
            TransactionManager manager,
            UserTransaction user) {}

    /** One that inserts a ride. */
    static Way of(String library, String name, Writer writer) {
        return of(library, name, "", writer);
    }

    /** One that inserts a ride. */
    static Way of(String library, String name, String advice, Writer writer) {
        return new Way(library, name, 1, advice, RIDE, writer);
    }

    @Override
    public String toString() {
        return library + ": " + name;
    }
}
