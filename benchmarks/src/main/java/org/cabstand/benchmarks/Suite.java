package org.cabstand.benchmarks;

import java.util.List;
import org.cabstand.benchmarks.report.Table;

/** Something to measure. */
interface Suite {

    /**
     * Measures everything once; called once a round.
     *
     * @return what its samples went into, the same tables each time
     */
    List<Table> tables();

    void round(Options options) throws Exception;
}
