package org.cabstand.test.internal;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.cabstand.test.CabstandTest;
import org.cabstand.test.CabstandTest.Isolation;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

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
                AfterTestExecutionCallback,
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

    /**
     * A test that has begun. It ends when its context is closed, after all other extensions, so that what the beans of
     * its requests do at their end is undone, too.
     *
     * @param afterEach the number of {@code @AfterEach} methods that have not run yet
     */
    private record Begun(Running running, AtomicInteger afterEach)
            implements ExtensionContext.Store.CloseableResource {

        /** Ends what the methods have left if they have all run, while the application still does. */
        void ended() {
            if (afterEach.get() == 0) {
                running.methodsHaveEnded();
            }
        }

        @Override
        public void close() throws Exception {
            List<String> faults = running.end();
            if (!faults.isEmpty()) {
                throw new AssertionError(String.join(System.lineSeparator(), faults));
            }
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
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
        CabstandTest annotation = TestClass.annotation(context);
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
        Begun begun = begin(context);
        boolean succeeded = false;
        try {
            invocation.proceed();
            succeeded = true;
        } finally {
            if (!succeeded) {
                begun.ended(); // the test will not be executed
            }
        }
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        begin(context);
    }

    private static Begun begin(ExtensionContext context) {
        Begun begun = store(context).get(Begun.class, Begun.class);
        if (begun == null) {
            begun =
                    new Begun(
                            running(context),
                            new AtomicInteger(TestClass.afterEachMethods(context)));
            store(context).put(Begun.class, begun);
            TestClass.fillFields(context, begun.running().check());
        }
        return begun;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        begin(context).ended();
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } finally {
            Begun begun = store(context).get(Begun.class, Begun.class);
            if (begun != null) { // else another extension has failed before
                begun.afterEach().decrementAndGet();
                begun.ended();
            }
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
        URI application = TestClass.application(context);
        return application == null
                ? new RunningHere(scope, name)
                : new RunningThere(application, name);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Scope.leave();
        Begun begun = store(context).get(Begun.class, Begun.class);
        if (begun != null
                && context.getExecutionException().isEmpty()
                && begun.running() instanceof RunningHere here
                && here.hasNoPool()
                && !TestClass.runsElsewhere(context)) {
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
}
