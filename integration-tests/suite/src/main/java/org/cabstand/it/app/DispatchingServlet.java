package org.cabstand.it.app;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/**
 * An asynchronous servlet that is dispatched to a second time and works in the database then, too.
 *
 * <p>It answers with the number of rows of the first pass that the second one sees, or, on a server that
 * gives the second pass no request, that there is none.
 */
@WebServlet(urlPatterns = "/dispatching", asyncSupported = true)
public class DispatchingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject transient Work work;

    @Inject transient Gate gate;

    @Inject transient RequestMark.Reader request;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Via via = Via.valueOf(request.getParameter("via"));
        String id = request.getParameter("id");
        try {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.getWriter().write(secondPass(via, id));
            } else {
                AsyncContext async = request.startAsync();
                work.leaveUnfinished(via, id);
                gate.pass(request.getParameter("gate"), async::dispatch);
            }
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private String secondPass(Via via, String id) throws SQLException, IOException {
        try {
            long[] seen = new long[1];
            work.run(via, open -> seen[0] = Sql.countWork(open, id));
            work.leaveUnfinished(via, id);
            return "first pass left " + seen[0];
        } catch (ContextNotActiveException e) {
            if (request.isThere()) {
                throw e;
            }
            return "no request";
        }
    }
}
