package org.cabstand.benchmarks;

import java.util.List;
import org.cabstand.benchmarks.report.Table;

/** A suite of measurements. */
interface Suite {

    /**
     * Measures everything once; called once a round.
     *
     * @return the tables with the samples, the same ones each time
     */
    List<Table> tables();

    void round(Options options) throws Exception;
}
