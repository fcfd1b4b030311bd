package org.cabstand.examples.flask;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.cabstand.Pool;

/** {@code SingletonThreadPool}: a counter that many requests increment at once, in a file and in memory. */
@Path("sqlite")
@RequestScoped
public class SqliteCase {

    @Inject
    @Pool("sqlite")
    Connection file;

    @Inject
    @Pool("sqlite-memory")
    Connection memory;

    @GET
    @Path("file")
    public long inFile() throws SQLException {
        return read(file);
    }

    @POST
    @Path("file")
    public long raiseInFile() throws SQLException {
        return raise(file);
    }

    @GET
    @Path("memory")
    public long inMemory() throws SQLException {
        return read(memory);
    }

    @POST
    @Path("memory")
    public long raiseInMemory() throws SQLException {
        return raise(memory);
    }

    /** Reads, then writes: another request must not come in between. */
    private static long raise(Connection db) throws SQLException {
        db.setAutoCommit(false);
        long raised = read(db) + 1;
        try (PreparedStatement update = db.prepareStatement("update counter set n = ?")) {
            update.setLong(1, raised);
            update.executeUpdate();
        }
        db.commit();
        return raised;
    }

    private static long read(Connection db) throws SQLException {
        try (PreparedStatement select = db.prepareStatement("select n from counter");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
