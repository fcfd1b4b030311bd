package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;

/** Work in a transaction by annotation. */
@ApplicationScoped
public class Transactions {

    /** Something that a request does. */
    public interface Step {
        /**
         * Does it.
         *
         * @throws Exception as the scenario wants it
         */
        void run() throws Exception;
    }

    @Transactional
    void required(Step step) throws Exception {
        step.run();
    }

    @Transactional(rollbackOn = IOException.class)
    void rollbackOnChecked(Step step) throws Exception {
        step.run();
    }
}
