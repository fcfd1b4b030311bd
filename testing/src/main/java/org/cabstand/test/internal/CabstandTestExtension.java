package org.cabstand.test.internal;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URI;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cabstand.test.CabstandTest;
import org.cabstand.test.CabstandTest.Isolation;
import org.cabstand.test.PoolCheck;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Tells the pools of a test's applications when the test begins and ends.
 *
 * <p>It enters a scope before any other extension can start a container: when the class begins, when an instance is
 * created, and when a test begins. For the pools the test begins with its first {@code @BeforeEach} method, when all
 * containers have started.
 *
 * <p>Thread safety: stateless; the state of a test is in its context's store.
 */
public final class CabstandTestExtension
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                BeforeTestExecutionCallback,
                InvocationInterceptor,
                AfterEachCallback,
                AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(CabstandTestExtension.class);

    /** The scope that was created with the instance, for the next test on this thread. */
    private static final ThreadLocal<Scope> PENDING = new ThreadLocal<>();

    /** For JUnit. */
    public CabstandTestExtension() {
        // stateless
    }

    /** The scope of one context. It is closed with its context, after all other extensions. */
    private record Opened(Scope scope) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() throws SQLException, IOException {
            scope.close();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static CabstandTest annotation(ExtensionContext context) {
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

    private static void open(ExtensionContext context, Scope scope) {
        store(context).put(context.getUniqueId(), new Opened(scope));
        scope.enter();
    }

    /** The context's own scope; null before it is opened. */
    private static Scope own(ExtensionContext context) {
        Opened opened = store(context).get(context.getUniqueId(), Opened.class);
        return opened == null ? null : opened.scope();
    }

    /** The scope of the nearest enclosing context; null if there is none. */
    private static Scope parent(ExtensionContext context) {
        for (Optional<ExtensionContext> c = context.getParent();
                c.isPresent();
                c = c.get().getParent()) {
            Scope scope = own(c.get());
            if (scope != null) {
                return scope;
            }
        }
        return null;
    }

    private static Scope make(ExtensionContext context, Scope parent, Scope enclosing) {
        CabstandTest annotation = annotation(context);
        if (annotation.value() == Isolation.ROLLBACK) {
            return Scope.rollingBack(parent, enclosing);
        }
        return Scope.withDatabases(
                parent,
                enclosing,
                annotation.script().isEmpty()
                        ? null
                        : OwnDatabase.Script.of(
                                context.getRequiredTestClass(), annotation.script()));
    }

    private static Scope ofClass(ExtensionContext context) {
        if (own(context) == null) {
            open(context, make(context, parent(context), null));
        }
        return own(context);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass(context).enter();
    }

    /**
     * Containers that other extensions, or the instance itself, start before this one's turn belong to the instance's
     * test, or to the class if all its tests share one instance.
     */
    @Override
    public void preConstructTestInstance(
            TestInstanceFactoryContext factoryContext, ExtensionContext context)
            throws SQLException, IOException {
        Scope enclosing = PENDING.get();
        PENDING.remove();
        if (enclosing != null && factoryContext.getOuterInstance().isEmpty()) {
            enclosing.close(); // of a test that never began
            enclosing = null;
        }
        if (context.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS))) {
            if (own(context) == null) {
                open(context, make(context, parent(context), enclosing));
            }
            own(context).enter();
            return;
        }
        Scope pending = make(context, ofClass(context), enclosing);
        PENDING.set(pending);
        pending.enter();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Scope pending = PENDING.get();
        PENDING.remove();
        open(context, pending == null ? make(context, parent(context), null) : pending);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        begin(context);
        invocation.proceed();
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        begin(context);
    }

    private static void begin(ExtensionContext context) {
        if (store(context).get(Running.class) == null) {
            Running running = running(context);
            store(context).put(Running.class, running);
            fillFields(context, running.check());
        }
    }

    private static Running running(ExtensionContext context) {
        String name =
                context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
        Scope scope = own(context);
        if (!scope.isEmpty()) {
            return new RunningHere(scope, name);
        }
        if (!Scope.SERVER.isEmpty()) {
            return new RunningHere(Scope.SERVER, name); // this test runs on the server itself
        }
        URI application = application(context);
        return application == null
                ? new RunningHere(scope, name)
                : new RunningThere(application, name);
    }

    /** The URL of the tested application if it runs elsewhere; otherwise null. */
    private static URI application(ExtensionContext context) {
        String url = annotation(context).url();
        if (!url.isEmpty()) {
            return URI.create(url);
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field :
                    ReflectionSupport.findFields(
                            instance.getClass(),
                            CabstandTestExtension::isAddress,
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
    private static boolean runsElsewhere(ExtensionContext context) {
        return AnnotationSupport.findRepeatableAnnotations(
                        context.getRequiredTestClass(), ExtendWith.class)
                .stream()
                .flatMap(extendWith -> Arrays.stream(extendWith.value()))
                .anyMatch(type -> type.getName().startsWith("org.jboss.arquillian."));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Scope.leave();
        Running running = store(context).get(Running.class, Running.class);
        if (running == null) {
            return; // another extension has failed before
        }
        List<String> faults = running.end();
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), faults));
        }
        if (context.getExecutionException().isEmpty()
                && running instanceof RunningHere here
                && here.hasNoPool()
                && !runsElsewhere(context)) {
            throw new IllegalStateException(Message.NO_POOL.format(context.getDisplayName()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException, IOException {
        Scope.leave();
        Scope pending = PENDING.get();
        PENDING.remove();
        if (pending != null) {
            pending.close(); // of a test that never began
        }
    }

    /** Sets fields, because other extensions claim every parameter. */
    private static void fillFields(ExtensionContext context, PoolCheck check) {
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
