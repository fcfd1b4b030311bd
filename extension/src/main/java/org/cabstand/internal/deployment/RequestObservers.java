package org.cabstand.internal.deployment;

import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.function.Consumer;
import org.cabstand.internal.request.ActivatedRequests;
import org.cabstand.internal.request.EndOfRequest;
import org.cabstand.internal.request.RequestPasses;
import org.cabstand.internal.request.RequestTracker;
import org.cabstand.internal.transaction.TransactionContext;

/**
 * Observes where requests begin and end.
 *
 * <p>It adds observers instead of being observer methods of the extension, because Weld calls those one at a time for
 * all requests of an application, and a return may have to wait for the database.
 *
 * <p>Thread safety: stateless.
 */
public final class RequestObservers {

    private RequestObservers() {}

    /**
     * Adds the observers.
     *
     * @param event takes them
     * @param beanManager the application's
     * @param requests told where a request begins and ends
     * @param endOfRequest called before a request ends
     * @param transactions none outlives the request that has begun it, where the server does not see to that
     * @return who is told what the container does not announce
     */
    public static RequestPasses add(
            AfterBeanDiscovery event,
            BeanManager beanManager,
            RequestTracker requests,
            EndOfRequest endOfRequest,
            TransactionContext transactions) {
        observe(event, Initialized.Literal.REQUEST, requests::entered);
        observe(
                event,
                BeforeDestroyed.Literal.REQUEST,
                payload -> endOfRequest.before(payload, requests, beanManager));
        observe(event, Destroyed.Literal.REQUEST, payload -> requests.left());
        if (!OptionalApi.isOpenWebBeans(beanManager)) {
            event.addBean(new ActivatedRequests.Around(beanManager, requests));
            event.addBean(new ActivatedRequests.Within(beanManager, endOfRequest));
        }
        RequestPasses passes =
                new RequestPasses() {
                    @Override
                    public void entered(Object request) {
                        requests.entered(request);
                    }

                    @Override
                    public void left(Object request) {
                        endOfRequest.connectionsMayBeParked();
                        try {
                            endOfRequest.before(request, requests, beanManager);
                        } finally {
                            requests.left();
                        }
                    }

                    @Override
                    public void done() {
                        transactions.endAbandoned();
                    }
                };
        observe(
                event,
                Initialized.Literal.APPLICATION,
                application -> requests.started(application, passes));
        return passes;
    }

    private static void observe(
            AfterBeanDiscovery event, Annotation qualifier, Consumer<Object> observer) {
        event.<Object>addObserverMethod()
                .beanClass(RequestTracker.class)
                .observedType(Object.class)
                .qualifiers(qualifier)
                .notifyWith(context -> observer.accept(context.getEvent()));
    }
}
