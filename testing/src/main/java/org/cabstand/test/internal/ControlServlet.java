package org.cabstand.test.internal;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * Lets a test that runs elsewhere begin and end. Does nothing without the profile {@code test}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
@WebServlet(ControlServlet.PATH + "/*")
public final class ControlServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Below the application's context path. */
    static final String PATH = "/cabstand-test";

    private static final RemoteTests TESTS = new RemoteTests(Scope.SERVER, System::nanoTime);

    /** For the container. */
    public ControlServlet() {
        // begins with a test
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!TestedPools.isProfileTest()) {
            answer(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    List.of(Message.NOT_A_TEST.format()));
            return;
        }
        try {
            String path = String.valueOf(request.getPathInfo());
            List<String> lines =
                    TESTS.answer(path.substring(1), String.valueOf(request.getParameter("test")));
            answer(
                    response,
                    lines == null ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_OK,
                    lines == null ? List.of() : lines);
        } catch (IllegalStateException e) {
            answer(response, HttpServletResponse.SC_CONFLICT, List.of(e.getMessage()));
        } catch (SQLException e) {
            answer(
                    response,
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                    List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void answer(HttpServletResponse response, int status, List<String> lines)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        PrintWriter writer = response.getWriter();
        for (String line : lines) { // statements may have several lines
            writer.println(URLEncoder.encode(line, StandardCharsets.UTF_8));
        }
    }
}
