package org.cabstand.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A request and its answer: a page, or JSON if the caller asks for it.
 *
 * <p>Thread safety: one request at a time.
 */
record Exchange(HttpServletRequest request, HttpServletResponse response) {

    private static final String HTML = "text/html";
    private static final String JSON = "application/json";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action"
                    + " 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** The headers of every answer. */
    void protect() {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        // with no-referrer, browsers would not tell the origin of a form
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Vary", "Accept");
    }

    /** The path below the console's, with a leading slash; empty if that slash is missing. */
    String path() {
        return request.getPathInfo() == null ? "" : request.getPathInfo();
    }

    /** The console's address, without the host, which a proxy may have changed. */
    String base() {
        return request.getContextPath() + ConsoleInitializer.PATH + "/";
    }

    /** The application's name; empty if it has none. */
    String application() {
        String name = request.getServletContext().getServletContextName();
        return name != null && !name.isBlank() ? name : request.getContextPath().replace("/", "");
    }

    Layout layout() {
        return new Layout(base(), application());
    }

    /** The caller, for the log. */
    String caller() {
        Principal principal = request.getUserPrincipal();
        return principal == null ? request.getRemoteAddr() : principal.getName();
    }

    /** A parameter that is shown as a number, whatever its value. */
    int number(String parameter) {
        String value = String.valueOf(request.getParameter(parameter));
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** Sends a page or JSON, as the caller wants. */
    void answer(int status, Supplier<Html> page, Supplier<Map<String, Object>> json)
            throws IOException {
        response.setStatus(status);
        if (wantsJson()) {
            write(Json.of(json.get()).getBytes(StandardCharsets.UTF_8), JSON);
        } else {
            write(page.get().toString().getBytes(StandardCharsets.UTF_8), HTML);
        }
    }

    void refuse(int status, String heading, String reason) throws IOException {
        answer(
                status,
                () -> layout().refusal(heading, reason),
                () -> Map.of("error", heading + ". " + reason));
    }

    /** Redirects to a page that can be reloaded without repeating the action. */
    void seeOther(String address) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
    }

    void file(String name, String type) throws IOException {
        try (InputStream in = Exchange.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar has lost " + name);
            }
            write(in.readAllBytes(), type);
        }
    }

    private void write(byte[] content, String type) throws IOException {
        response.setContentType(type + ";charset=UTF-8");
        response.setContentLength(content.length);
        response.getOutputStream().write(content); // for HEAD the server drops it
    }

    boolean wantsJson() {
        String accept = String.valueOf(request.getHeader("Accept")).toLowerCase(Locale.ROOT);
        return accept.contains(JSON) && !accept.contains(HTML);
    }
}
