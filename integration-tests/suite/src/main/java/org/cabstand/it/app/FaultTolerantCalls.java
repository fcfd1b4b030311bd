package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.faulttolerance.Asynchronous;

/** Works on a thread of MicroProfile Fault Tolerance. */
@ApplicationScoped
public class FaultTolerantCalls {

    @Inject Work work;

    @Asynchronous
    public CompletionStage<String> later(Call call) {
        call.run(work);
        return call.answer();
    }
}
