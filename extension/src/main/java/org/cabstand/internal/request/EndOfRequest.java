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
 * What is done when a thread is about to leave a request, before the container destroys the request's beans.
 *
 * <p>Thread safety: filled at deployment, read by requests.
 */
public final class EndOfRequest {

    /** Its name only: Java SE need not have the type. */
    private static final String PRE_DESTROY = "jakarta.annotation.PreDestroy";

    private final List<Bean<?>> withLastWords = new ArrayList<>();
    private boolean dependentsHaveLastWords;
    private final Set<Bean<?>> connections = new LinkedHashSet<>();
    private final Set<Bean<?>> injected = new LinkedHashSet<>();

    /** Knows no bean yet. */
    public EndOfRequest() {
        // deployment follows
    }

    /**
     * Notes a bean of the application that may do something when a request destroys it.
     *
     * @param event what the container tells of the bean
     */
    public void note(ProcessBean<?> event) {
        Bean<?> bean = event.getBean();
        if (hasLastWords(event)) {
            if (bean.getScope() == RequestScoped.class) {
                withLastWords.add(bean);
            } else if (bean.getScope() == Dependent.class) {
                dependentsHaveLastWords = true; // it may be part of any bean
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
     * Notes a connection's bean.
     *
     * @param bean one of ours
     * @param isInjected whether some bean of the application has it injected
     */
    public void noteConnection(Bean<?> bean, boolean isInjected) {
        connections.add(bean);
        if (isInjected) {
            injected.add(bean);
        }
    }

    /**
     * The calling thread is about to leave a request.
     *
     * @param payload what the event carries
     * @param requests the application's
     * @param beanManager the application's
     */
    public void before(Object payload, Requests requests, BeanManager beanManager) {
        prepare(beanManager);
        if (requests.isAsync(payload)) {
            requests.parking(payload, in(beanManager.getContext(RequestScoped.class)));
        }
        requests.ending();
    }

    /**
     * Makes the connections that a {@code @PreDestroy} may be the first to use: the container would have to
     * create a bean while it destroys the others, and Weld then gives up.
     *
     * @param beanManager of an application whose thread is in a request
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

    private List<RequestConnection> in(Context context) {
        List<RequestConnection> found = new ArrayList<>();
        for (Bean<?> bean : connections) {
            if (context.get(bean) instanceof RequestConnection connection) {
                found.add(connection);
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
