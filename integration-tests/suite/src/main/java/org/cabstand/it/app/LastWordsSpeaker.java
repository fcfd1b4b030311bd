package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.Pool;

/** Leaves work open in a request, for the {@link LastWords} of a bean, or of all, to commit. */
@ApplicationScoped
public class LastWordsSpeaker {

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject LastWords.Anna anna;
    @Inject LastWords.Berta berta;
    @Inject LastWords.Walther walther;
    @Inject LastWords.Zacharias zacharias;
    @Inject LastWords.Knight knight;

    @Inject Instance<RequestContextController> controllers;

    /**
     * Leaves work open, unless the bean alone is to use the connection.
     *
     * @param id of the request, with the number of the bean behind a slash; 0 is all of them
     */
    void speak(String id) throws SQLException {
        int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
        int bean = number % 10;
        if (number >= 10) {
            announce(bean, id);
            return;
        }
        connection.setAutoCommit(false);
        Sql.insertWork(connection, id + "-open");
        announce(bean, id);
    }

    private void announce(int bean, String id) {
        if (bean == 0 || bean == 1) {
            anna.announce(id);
        }
        if (bean == 0 || bean == 2) {
            berta.announce(id);
        }
        if (bean == 0 || bean == 3) {
            walther.announce(id);
        }
        if (bean == 0 || bean == 4) {
            zacharias.announce(id);
        }
        if (bean == 0 || bean == 5) {
            knight.announce(id);
        }
    }

    @ActivateRequestContext
    void speakInContextOfItsOwn(String id) throws SQLException {
        speak(id);
    }

    void speakInControlledContext(String id) throws SQLException {
        RequestContextController controller = controllers.get();
        boolean activated = controller.activate();
        try {
            speak(id);
        } finally {
            if (activated) {
                controller.deactivate();
            }
        }
    }
}
