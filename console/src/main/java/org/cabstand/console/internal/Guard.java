package org.cabstand.console.internal;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides who may see the console, and which requests may change something.
 *
 * <p>Thread safety: immutable.
 */
final class Guard {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    /** A header that a form on another site's page cannot set. */
    static final String OWN_HEADER = "X-Requested-By";

    private static final Pattern LOOPBACK =
            Pattern.compile("127\\.\\d+\\.\\d+\\.\\d+|\\[?(::1|0:0:0:0:0:0:0:1)(%\\w+)?]?");

    /** The names of this machine. Any other name may be another site's that resolves to this machine. */
    private static final Pattern THIS_HOST =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    /** The headers of proxies, besides those that begin with {@code x-forwarded-}. */
    private static final Set<String> SET_BY_PROXIES =
            Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "$wsra");

    private final ConsoleSettings settings;

    Guard(ConsoleSettings settings) {
        this.settings = settings;
    }

    /**
     * Whether the caller may see the console. Asks for a login if that can help.
     *
     * @param response may be complete when this returns false
     */
    boolean admits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (settings.development() && isHere(request)) {
            return true;
        }
        if (settings.role() == null) {
            return false;
        }
        return (request.getUserPrincipal() != null || logsIn(request, response))
                && request.isUserInRole(settings.role());
    }

    /** Asks for a login, if the server has not: in development, or if it ignores the servlet's constraint. */
    private static boolean logsIn(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            return request.authenticate(response);
        } catch (ServletException e) {
            LOGGER.log(
                    Level.DEBUG, "nobody has logged in", e); // WildFly throws without credentials
            return false;
        }
    }

    /** Whether the caller is a browser or tool on this machine, and not a proxy for somebody else. */
    private static boolean isHere(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return LOOPBACK.matcher(String.valueOf(request.getRemoteAddr())).matches()
                && host != null
                && THIS_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()
                // nginx uses it by default, without naming the caller
                && !request.getProtocol().equals("HTTP/1.0")
                && Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(
                                name ->
                                        name.startsWith("x-forwarded-")
                                                || SET_BY_PROXIES.contains(name));
    }

    /**
     * Whether a request comes from a page of the console, or from no page at all. Browsers tell that, and no page can
     * forge it.
     */
    static boolean isFromOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null) {
            // behind a proxy the host differs from the browser's
            return site.equals("same-origin");
        }
        if (origin != null) {
            return isAt(origin, request.getHeader("Host"));
        }
        return request.getHeader(OWN_HEADER) != null;
    }

    private static boolean isAt(String origin, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false; // not from a browser
        }
    }
}
