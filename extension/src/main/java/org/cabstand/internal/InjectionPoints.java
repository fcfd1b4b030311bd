package org.cabstand.internal;

import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.function.Predicate;

/** Injection points as people find them in their code. */
public final class InjectionPoints {

    private InjectionPoints() {}

    /**
     * Where an injection point stands.
     *
     * @param point the injection point
     * @return e.g. {@code com.acme.Orders.db}, or {@code com.acme.Orders(parameter 1)} for a constructor
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
     * Whether an injection point looks something up, as {@code Instance<DataSource>} does.
     *
     * @param type the injection point's type
     * @param wanted what it may look up
     * @return true for a type with a wanted argument
     */
    public static boolean isOfType(Type type, Predicate<Type> wanted) {
        return type instanceof ParameterizedType parameterized
                && parameterized.getActualTypeArguments().length == 1
                && wanted.test(parameterized.getActualTypeArguments()[0]);
    }
}
