package org.cabstand.internal.deployment;

import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.MalformedURLException;
import java.net.URL;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Describes injection points as developers see them in their code. */
public final class InjectionPoints {

    private InjectionPoints() {}

    /**
     * Returns the place of an injection point.
     *
     * @param point the injection point
     * @return e.g. {@code com.acme.Orders.db}, or {@code com.acme.Orders(parameter 1)} for a
     *     constructor
     */
    public static String describe(InjectionPoint point) {
        Member member = point.getMember();
        String where =
                member instanceof Constructor
                        ? member.getDeclaringClass().getName()
                        : member.getDeclaringClass().getName() + "." + member.getName();
        return point.getAnnotated() instanceof AnnotatedParameter<?> parameter
                ? where + "(parameter " + (parameter.getPosition() + 1) + ")"
                : where;
    }

    /**
     * Returns the type that an {@code Instance<DataSource>} or {@code Provider<DataSource>} looks
     * up.
     *
     * @param type the injection point's type
     * @return null if it looks nothing up, like an {@code Event<DataSource>}
     */
    public static @Nullable Type lookedUp(Type type) {
        if (type instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw
                && Provider.class.isAssignableFrom(raw)
                && parameterized.getActualTypeArguments().length == 1) {
            Type argument = parameterized.getActualTypeArguments()[0];
            return argument instanceof WildcardType wildcard
                    ? wildcard.getUpperBounds()[0]
                    : argument;
        }
        return null;
    }

    /**
     * The archive that contains a class. Payara gives the class file, other servers its directory or jar.
     *
     * @return null if the server does not tell
     */
    static URL archive(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        String location = source.getLocation().toString();
        String file = "/" + type.getName().replace('.', '/') + ".class";
        if (!location.endsWith(file)) {
            return source.getLocation();
        }
        try {
            return new URL(location.substring(0, location.length() - file.length() + 1));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e); // it was a URL
        }
    }
}
