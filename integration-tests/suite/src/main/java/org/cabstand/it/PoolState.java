package org.cabstand.it;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * How a pool inside the server is, as {@code PoolResource} tells it.
 *
 * @param active connections that are handed out
 * @param idle connections that wait
 * @param max the most that there may be
 * @param acquired how many times a connection was handed out so far
 */
public record PoolState(int active, int idle, int max, long acquired) {

    static PoolState parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PoolState(
                Integer.parseInt(properties.getProperty("active")),
                Integer.parseInt(properties.getProperty("idle")),
                Integer.parseInt(properties.getProperty("max")),
                Long.parseLong(properties.getProperty("acquired")));
    }
}
