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
 * Says who may see the console, and which calls may change something.
 *
 * <p>Thread safety: immutable.
 */
final class Guard {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    /** Whoever sets a header is no form on a page of somebody else's. */
    static final String OWN_HEADER = "X-Requested-By";

    private static final Pattern LOOPBACK =
            Pattern.compile("127\\.\\d+\\.\\d+\\.\\d+|\\[?(::1|0:0:0:0:0:0:0:1)(%\\w+)?]?");

    /** Another name may be anybody's who has let it mean this machine. */
    private static final Pattern THIS_HOST =
            Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    /** Beside those that begin with {@code x-forwarded-}. */
    private static final Set<String> SET_BY_PROXIES =
            Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "$wsra");

    private final ConsoleSettings settings;

    Guard(ConsoleSettings settings) {
        this.settings = settings;
    }

    /**
     * Whether the caller may see the console. Asks for a login where that can help.
     *
     * @param response may have its answer when this returns false
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

    /** Where the server has not asked already: in development, or where it heeds no constraint of a servlet's. */
    private static boolean logsIn(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            return request.authenticate(response);
        } catch (ServletException e) {
            LOGGER.log(
                    Level.DEBUG, "nobody has logged in", e); // WildFly, of who sends no credentials
            return false;
        }
    }

    /** Whether a browser or tool on this machine calls, and no proxy for somebody else. */
    private static boolean isHere(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return LOOPBACK.matcher(String.valueOf(request.getRemoteAddr())).matches()
                && host != null
                && THIS_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches()
                // as nginx calls, which then names nobody
                && !request.getProtocol().equals("HTTP/1.0")
                && Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(
                                name ->
                                        name.startsWith("x-forwarded-")
                                                || SET_BY_PROXIES.contains(name));
    }

    /**
     * Whether a call comes from a page of the console's, or from no page at all. Browsers say so themselves, and no page
     * can make them lie.
     */
    static boolean isFromOwnPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null) {
            // behind a proxy the host is not what the browser calls it
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
            return false; // no browser's
        }
    }
}
