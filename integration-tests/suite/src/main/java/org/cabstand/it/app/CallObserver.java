package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** Works on a thread of the container, in a request context of its own. */
@ApplicationScoped
public class CallObserver {

    @Inject Work work;

    void called(@ObservesAsync Call call) {
        call.run(work);
    }
}
