package org.cabstand.it.app;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leaves the answer to another one, or fails; then it answers itself, as the error page. */
@WebServlet({"/stage/forward", "/stage/include", "/stage/fail", "/stage/error"})
public class StageServlet extends HttpServlet {

    /** Of the answer that has an error page. */
    private static final int FAILED = 418;

    private static final long serialVersionUID = 1L;

    @Inject private transient Stages stages;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String path = request.getServletPath();
        stages.pass("servlet " + path);
        switch (path) {
            case "/stage/forward" ->
                    request.getRequestDispatcher("/api/stages/found?name=forward")
                            .forward(request, response);
            case "/stage/include" ->
                    request.getRequestDispatcher("/api/stages/found?name=include")
                            .include(request, response);
            case "/stage/fail" -> response.sendError(FAILED);
            default -> response.getWriter().print("error page");
        }
    }
}
