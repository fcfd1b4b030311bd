package org.cabstand.test.internal;

import java.lang.reflect.Field;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.cabstand.test.CabstandTest;
import org.cabstand.test.PoolCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Reads the class of a test, and sets its fields.
 *
 * <p>Thread safety: stateless.
 */
final class TestClass {

    private TestClass() {}

    static CabstandTest annotation(ExtensionContext context) {
        for (Optional<ExtensionContext> c = Optional.of(context);
                c.isPresent();
                c = c.get().getParent()) {
            Optional<CabstandTest> found =
                    AnnotationSupport.findAnnotation(c.get().getElement(), CabstandTest.class);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IllegalStateException("@CabstandTest is not there");
    }

    /** The number of methods that JUnit calls after each test: those of enclosing classes are among them. */
    static int afterEachMethods(ExtensionContext context) {
        return context.getRequiredTestInstances().getAllInstances().stream()
                .mapToInt(
                        instance ->
                                AnnotationSupport.findAnnotatedMethods(
                                                instance.getClass(),
                                                AfterEach.class,
                                                HierarchyTraversalMode.BOTTOM_UP)
                                        .size())
                .sum();
    }

    /** The URL of the tested application if it runs elsewhere; otherwise null. */
    static URI application(ExtensionContext context) {
        String url = annotation(context).url();
        if (!url.isEmpty()) {
            return URI.create(url);
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field :
                    ReflectionSupport.findFields(
                            instance.getClass(),
                            TestClass::isAddress,
                            HierarchyTraversalMode.TOP_DOWN)) {
                try {
                    field.setAccessible(true);
                    Object address = field.get(instance);
                    if (address != null) {
                        return URI.create(address.toString());
                    }
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(field + " cannot be read", e);
                }
            }
        }
        return null;
    }

    /** Compares the annotation's name, because Arquillian is no dependency. */
    private static boolean isAddress(Field field) {
        return Arrays.stream(field.getAnnotations())
                .anyMatch(
                        annotation ->
                                annotation
                                        .annotationType()
                                        .getName()
                                        .equals(
                                                "org.jboss.arquillian.test.api.ArquillianResource"));
    }

    /** Whether this is an Arquillian test that will run on the server; it comes here first, too. */
    static boolean runsElsewhere(ExtensionContext context) {
        return AnnotationSupport.findRepeatableAnnotations(
                        context.getRequiredTestClass(), ExtendWith.class)
                .stream()
                .flatMap(extendWith -> Arrays.stream(extendWith.value()))
                .anyMatch(type -> type.getName().startsWith("org.jboss.arquillian."));
    }

    /** Sets fields, because other extensions claim every parameter. */
    static void fillFields(ExtensionContext context, PoolCheck check) {
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field :
                    ReflectionSupport.findFields(
                            instance.getClass(),
                            field -> field.getType() == PoolCheck.class,
                            HierarchyTraversalMode.TOP_DOWN)) {
                try {
                    field.setAccessible(true);
                    field.set(instance, check);
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(field + " cannot be set", e);
                }
            }
        }
    }
}
