package com.example.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.Pool;

/** The notes. */
@Path("notes")
@RequestScoped
public class Notes {

    /** This request's connection: borrowed at its first use, returned when the request ends. */
    @Inject
    @Pool("shop")
    Connection db;

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<String> all() throws SQLException {
        List<String> notes = new ArrayList<>();
        try (Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery("select text from note order by id")) {
            while (rows.next()) {
                notes.add(rows.getString(1));
            }
        }
        return notes;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public void add(String text) throws SQLException {
        try (PreparedStatement statement =
                db.prepareStatement("insert into note (text) values (?)")) {
            statement.setString(1, text);
            statement.executeUpdate();
        }
    }
}
