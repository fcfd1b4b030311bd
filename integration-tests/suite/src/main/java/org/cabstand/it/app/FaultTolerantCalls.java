package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
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

    /** As {@link #later}, and neither begins to work nor ends before the other one does. */
    @Asynchronous
    public CompletionStage<String> together(Call call, CyclicBarrier both) throws Exception {
        both.await(20, TimeUnit.SECONDS);
        call.run(work);
        both.await(20, TimeUnit.SECONDS);
        return call.answer();
    }
}
