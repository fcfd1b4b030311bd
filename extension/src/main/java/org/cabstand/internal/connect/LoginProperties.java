package org.cabstand.internal.connect;

import java.util.Properties;
import java.util.stream.Stream;
import org.cabstand.Credentials;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.database.Database;

/**
 * The properties for connecting: ours for the database, overridden by the user's, then the credentials.
 *
 * <p>Thread safety: immutable.
 */
final class LoginProperties {

    private final PoolSettings settings;
    private final Database database;
    private final ReadLimits readLimits;
    private final String application;

    LoginProperties(
            PoolSettings settings, Database database, ReadLimits readLimits, String application) {
        this.settings = settings;
        this.database = database;
        this.readLimits = readLimits;
        this.application = application;
    }

    Properties of(Credentials login) {
        Properties properties = new Properties();
        properties.putAll(
                database.driver()
                        .properties(
                                settings.url(),
                                settings.properties(),
                                settings.session().readOnly()));
        properties.putAll(database.driver().sessionName(application, settings.name()));
        properties.putAll(database.driver().loginLimits(settings.timeouts().login()));
        if (!readLimits.canBeLifted()) {
            properties.remove(database.driver().readLimit());
        }
        properties.keySet().removeIf(name -> isInUrl(settings, (String) name));
        properties.putAll(settings.properties());
        if (login.username() != null) {
            properties.setProperty("user", login.username());
        }
        if (login.password() != null) {
            properties.setProperty("password", login.password());
        }
        return properties;
    }

    /** Whether the user has set a property of the driver, in the URL or by a key. Then we leave it alone. */
    static boolean isUsers(PoolSettings settings, String property) {
        return isInUrl(settings, property) || settings.properties().containsKey(property);
    }

    private static boolean isInUrl(PoolSettings settings, String property) {
        return Stream.of("?", "&", ";")
                .anyMatch(separator -> settings.url().contains(separator + property + "="));
    }
}
