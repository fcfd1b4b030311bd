package org.cabstand.benchmarks;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs JMH as all suites do: one fork a round, so that variants alternate.
 *
 * <p>Thread safety: stateless.
 */
final class Jmh {

    private static final int SECONDS_TO_WARM_UP_CROWDS = 12;

    private Jmh() {}

    static ChainedOptionsBuilder of(Class<?> benchmark, Options options) {
        return of(benchmark, options, 1);
    }

    /** Allows more warm-up with more threads than processors, where the compiler gets less time. */
    static ChainedOptionsBuilder of(Class<?> benchmark, Options options, int threads) {
        int warmup =
                threads > Runtime.getRuntime().availableProcessors()
                        ? Math.max(SECONDS_TO_WARM_UP_CROWDS, options.seconds())
                        : options.seconds();
        return new OptionsBuilder()
                .threads(threads)
                .include("\\b" + benchmark.getSimpleName() + "\\b")
                .forks(1)
                .warmupIterations(warmup)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(options.seconds())
                .measurementTime(TimeValue.seconds(1))
                .shouldFailOnError(true);
    }

    static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    /** Bytes allocated for each operation; needs the profiler {@code gc}. */
    static double allocated(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
    }

    static String param(RunResult result, String name) {
        return result.getParams().getParam(name);
    }
}
