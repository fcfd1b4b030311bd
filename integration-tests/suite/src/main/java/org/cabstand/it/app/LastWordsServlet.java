package org.cabstand.it.app;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** Requests of every kind that servlets have, with {@link LastWords}. */
@WebServlet(urlPatterns = "/last-words/*", asyncSupported = true)
public class LastWordsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject transient LastWordsSpeaker speaker;

    @Inject transient Gate gate;

    @Inject transient RequestMark.Reader mark;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String kind = request.getPathInfo();
        String id = request.getParameter("id");
        try {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                if (kind.equals("/dispatched-back") && mark.isThere()) {
                    speaker.speak(id);
                }
                response.getWriter().write("done");
                return;
            }
            if (kind.equals("/servlet")) {
                speaker.speak(id);
                response.getWriter().write("done");
                return;
            }
            AsyncContext async = request.startAsync();
            if (!kind.equals("/dispatched-back")) {
                speaker.speak(id);
            }
            switch (kind) {
                case "/completed" -> gate.pass(null, () -> complete(async));
                case "/timed-out" -> {
                    async.setTimeout(100);
                    async.addListener(new CompletesAtTheTimeout());
                }
                default -> gate.pass(null, async::dispatch);
            }
        } catch (SQLException e) {
            throw new ServletException(e);
        }
    }

    private static void complete(AsyncContext async) {
        try {
            async.getResponse().getWriter().write("done");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            async.complete();
        }
    }

    /** Answers when the time is over. */
    private static final class CompletesAtTheTimeout implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            LastWordsServlet.complete(event.getAsyncContext());
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // answered by then
        }

        @Override
        public void onError(AsyncEvent event) {
            // answered by the server
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // it is started once
        }
    }
}
