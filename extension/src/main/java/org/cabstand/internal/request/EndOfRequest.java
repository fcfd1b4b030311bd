package org.cabstand.internal.request;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cabstand.internal.Log;

/**
 * Prepares the end of a request, before the container destroys the request's beans.
 *
 * <p>Thread safety: filled at deployment, read by requests.
 */
public final class EndOfRequest {

    /** The name only, because the type may be missing in Java SE. */
    private static final String PRE_DESTROY = "jakarta.annotation.PreDestroy";

    private final List<Bean<?>> withLastWords = new ArrayList<>();
    private boolean dependentsHaveLastWords;
    private final Set<Bean<?>> connections = new LinkedHashSet<>();
    private final Set<Bean<?>> injected = new LinkedHashSet<>();

    /** Written by any request's thread. */
    private volatile boolean connectionsMayBeParked;

    /** An object without beans. */
    public EndOfRequest() {
        // deployment records them
    }

    /**
     * Records a bean of the application that may run code when it is destroyed with a request.
     *
     * @param event the container's event
     */
    public void note(ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        if (hasLastWords(event)) {
            if (bean.getScope() == RequestScoped.class) {
                withLastWords.add(bean);
            } else if (bean.getScope() == Dependent.class) {
                dependentsHaveLastWords = true; // it may belong to any bean
            }
        }
    }

    private static boolean hasLastWords(ProcessBean<?> event) {
        if (event instanceof ProcessProducerMethod<?, ?> producer) {
            return producer.getAnnotatedDisposedParameter() != null;
        }
        if (event instanceof ProcessProducerField<?, ?> producer) {
            return producer.getAnnotatedDisposedParameter() != null;
        }
        return event.getAnnotated() instanceof AnnotatedType<?> type
                && type.getMethods().stream()
                        .flatMap(method -> method.getAnnotations().stream())
                        .anyMatch(a -> a.annotationType().getName().equals(PRE_DESTROY));
    }

    /**
     * Records the bean of a connection.
     *
     * @param bean one of ours
     * @param isInjected whether the application injects it somewhere
     */
    public void noteConnection(Bean<?> bean, boolean isInjected) {
        connections.add(bean);
        if (isInjected) {
            injected.add(bean);
        }
    }

    /**
     * Called when a thread is about to leave a request.
     *
     * @param payload the event's payload
     * @param requests the application's
     * @param beanManager the application's
     */
    public void before(Object payload, RequestTracker requests, BeanManager beanManager) {
        prepare(beanManager);
        boolean isAsync = requests.isAsync(payload);
        if (isAsync || connectionsMayBeParked) {
            List<RequestConnection> connections = connections(beanManager);
            requests.resuming(connections);
            if (isAsync) {
                requests.parking(payload, connections);
            }
        }
        requests.ending();
    }

    /**
     * Called when a thread is about to leave a request, and the container does not know. It may destroy the beans of
     * the request later, without a word before that the request continues.
     */
    public void connectionsMayBeParked() {
        connectionsMayBeParked = true;
    }

    /**
     * Creates the connections that a {@code @PreDestroy} may be the first to use. Otherwise the container would have to
     * create a bean while it destroys the others, and Weld then stops halfway.
     *
     * @param beanManager the application's; the calling thread is in a request
     */
    void prepare(BeanManager beanManager) {
        if (!dependentsHaveLastWords && withLastWords.isEmpty()) {
            return;
        }
        try {
            Context context = beanManager.getContext(RequestScoped.class);
            if (dependentsHaveLastWords
                    || withLastWords.stream().anyMatch(bean -> context.get(bean) != null)) {
                injected.forEach(bean -> make(bean, context, beanManager));
            }
        } catch (ContextNotActiveException e) {
            Log.debug("a request ends whose context cannot be seen", e);
        }
    }

    private List<RequestConnection> connections(BeanManager beanManager) {
        Context context;
        try {
            context = beanManager.getContext(RequestScoped.class);
        } catch (ContextNotActiveException e) {
            return List.of(); // a pass without a request of its own, as some servers have after a
            // dispatch
        }
        List<RequestConnection> found = new ArrayList<>();
        for (Bean<?> bean : connections) {
            Object instance = context.get(bean);
            if (instance instanceof RequestConnection connection) {
                found.add(connection);
            } else if (instance instanceof RequestBound bound) {
                found.add(bound.requestConnection());
            }
        }
        return found;
    }

    private static <T> void make(Bean<T> bean, Context context, BeanManager beanManager) {
        if (context.get(bean) == null) {
            context.get(bean, beanManager.createCreationalContext(bean));
        }
    }
}
