package org.cabstand.it.app;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/** An asynchronous servlet whose answer is written by another thread. */
@WebServlet(urlPatterns = "/completing", asyncSupported = true)
public class CompletingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject transient Work work;

    @Inject transient Gate gate;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Via via = Via.valueOf(request.getParameter("via"));
        String id = request.getParameter("id");
        String key = request.getParameter("gate");
        AsyncContext async = request.startAsync();
        try {
            work.leaveUnfinished(via, id);
        } catch (SQLException e) {
            throw new ServletException(e);
        }
        gate.pass(key, () -> complete(async));
    }

    private static void complete(AsyncContext async) {
        try {
            async.getResponse().getWriter().write("done");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            async.complete();
        }
    }
}
