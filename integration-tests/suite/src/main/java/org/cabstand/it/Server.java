package org.cabstand.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server under test, with what it cannot do: its module lists that in {@code cannot.properties}, each thing with
 * its reason, and the tests assert that it is so. A server that has learned it turns them red.
 *
 * <p>Thread safety: stateless.
 */
final class Server {

    private static final Pattern CODE = Pattern.compile("(CAB|WELD-|EclipseLink-)[0-9]+");

    private Server() {}

    /**
     * Whether the server can do something.
     *
     * @param what a key that may stand in {@code cannot.properties}
     * @return true where it does not
     */
    static boolean can(String what) {
        return !cannot().containsKey(what);
    }

    /**
     * Which code the error has with which the server or we refuse what it cannot do.
     *
     * @param what a key that stands in {@code cannot.properties}
     * @return the first that the reason names, or nothing
     */
    static String codeOf(String what) {
        Matcher code = CODE.matcher(cannot().getProperty(what));
        return code.find() ? code.group() : "";
    }

    private static Properties cannot() {
        Properties cannot = new Properties();
        try (InputStream in = Server.class.getResourceAsStream("/cannot.properties")) {
            if (in == null) {
                throw new IllegalStateException("the server's module has no cannot.properties");
            }
            cannot.load(in);
            return cannot;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
