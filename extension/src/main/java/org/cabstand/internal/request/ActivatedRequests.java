package org.cabstand.internal.request;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.InterceptionType;
import jakarta.enterprise.inject.spi.Interceptor;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two interceptors of {@code @ActivateRequestContext}, one around the container's own and one inside it. They see the
 * end of the request where the container does not announce it: always on Open Liberty, and on Weld if a
 * {@code @PreDestroy} has made it stop halfway. They are not for OpenWebBeans, which announces every end, and cannot
 * order added interceptors relative to its own.
 *
 * <p>Thread safety: stateless.
 */
public abstract class ActivatedRequests implements Interceptor<Object>, Prioritized {

    private static final class Binding extends AnnotationLiteral<ActivateRequestContext>
            implements ActivateRequestContext {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Tells the outer interceptor how the method itself ended: with this exception, or without one.
     */
    private static final String OUTCOME = ActivatedRequests.class.getName();

    /** The priority that the specification gives to the container's own interceptor. */
    private static final int OF_CONTAINER =
            jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE + 100;

    final BeanManager beanManager;
    private final int priority;

    ActivatedRequests(BeanManager beanManager, int priority) {
        this.beanManager = beanManager;
        this.priority = priority;
    }

    @Override
    public int getPriority() {
        return priority;
    }

    /** The outer interceptor. It sees when a thread has left its request. */
    public static final class Around extends ActivatedRequests {

        private final RequestTracker requests;

        /**
         * Creates the interceptor of one application.
         *
         * @param beanManager the application's
         * @param requests told when a thread has left a request
         */
        public Around(BeanManager beanManager, RequestTracker requests) {
            super(beanManager, OF_CONTAINER - 1);
            this.requests = requests;
        }

        @Override
        public Object intercept(InterceptionType type, Object instance, InvocationContext context)
                throws Exception {
            RequestConnection before = requests.current();
            boolean wasEnding = before != null && before.endIsTold;
            Object outcome = Boolean.TRUE;
            try {
                return context.proceed();
            } catch (Throwable e) {
                outcome = e;
                throw e;
            } finally {
                boolean gaveUp = outcome != context.getContextData().get(OUTCOME);
                requests.leftActivated(wasEnding, gaveUp, this::isInRequest);
            }
        }

        private boolean isInRequest() {
            try {
                return beanManager.getContext(RequestScoped.class).isActive();
            } catch (ContextNotActiveException e) {
                return false;
            }
        }
    }

    /** The inner interceptor. It runs before the container destroys anything. */
    public static final class Within extends ActivatedRequests {

        private final EndOfRequest endOfRequest;

        /**
         * Creates the interceptor of one application.
         *
         * @param beanManager the application's
         * @param endOfRequest told when a thread may be about to leave a request
         */
        public Within(BeanManager beanManager, EndOfRequest endOfRequest) {
            super(beanManager, OF_CONTAINER + 1);
            this.endOfRequest = endOfRequest;
        }

        @Override
        public Object intercept(InterceptionType type, Object instance, InvocationContext context)
                throws Exception {
            Object outcome = Boolean.TRUE;
            try {
                return context.proceed();
            } catch (Throwable e) {
                outcome = e;
                throw e;
            } finally {
                endOfRequest.prepare(beanManager);
                context.getContextData().put(OUTCOME, outcome);
            }
        }
    }

    @Override
    public Set<Annotation> getInterceptorBindings() {
        return Set.of(new Binding());
    }

    @Override
    public boolean intercepts(InterceptionType type) {
        return type == InterceptionType.AROUND_INVOKE;
    }

    // what a bean is

    @Override
    public Object create(CreationalContext<Object> context) {
        return new Object();
    }

    @Override
    public void destroy(Object instance, CreationalContext<Object> context) {
        context.release();
    }

    @Override
    public Class<?> getBeanClass() {
        return getClass(); // one class each: containers tell interceptors apart by it
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return Set.of();
    }

    @Override
    public Set<Type> getTypes() {
        return Set.of(Object.class);
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(Default.Literal.INSTANCE, Any.Literal.INSTANCE);
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

    @Override
    public @Nullable String getName() {
        return null;
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return Set.of();
    }

    @Override
    public boolean isAlternative() {
        return false;
    }
}
