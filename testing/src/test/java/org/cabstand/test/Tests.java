package org.cabstand.test;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Runs tests as their author would, and says how they ended. */
final class Tests {

    private final List<Throwable> failures = new ArrayList<>();
    private final int run;

    private Tests(EngineTestKit.Builder builder) {
        List<Event> events = builder.execute().allEvents().list();
        run =
                (int)
                        events.stream()
                                .filter(event -> event.getType() == EventType.FINISHED)
                                .filter(event -> event.getTestDescriptor().isTest())
                                .count();
        for (Event event : events) {
            event.getPayload(TestExecutionResult.class)
                    .flatMap(TestExecutionResult::getThrowable)
                    .ifPresent(failures::add);
        }
    }

    static Tests run(Class<?> tests, String method) {
        return new Tests(
                EngineTestKit.engine("junit-jupiter").selectors(selectMethod(tests, method)));
    }

    static Tests run(Class<?>... tests) {
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter");
        for (Class<?> each : tests) {
            builder.selectors(selectClass(each));
        }
        return new Tests(builder);
    }

    static Tests runInParallel(Class<?>... tests) {
        EngineTestKit.Builder builder =
                EngineTestKit.engine("junit-jupiter")
                        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.mode.default", "concurrent")
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.config.strategy", "fixed")
                        .configurationParameter(
                                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");
        for (Class<?> each : tests) {
            builder.selectors(selectClass(each));
        }
        return new Tests(builder);
    }

    void succeed(int expected) {
        for (Throwable failure : failures) {
            throw new AssertionError("the test failed", failure);
        }
        Assertions.assertThat(run).isEqualTo(expected);
    }

    /** With a message that has all of these. */
    void fail(String... parts) {
        Assertions.assertThat(failures).isNotEmpty();
        StringBuilder texts = new StringBuilder();
        for (Throwable failure : failures) {
            texts.append(failure).append('\n');
            for (Throwable suppressed : failure.getSuppressed()) {
                texts.append(suppressed).append('\n');
            }
        }
        Assertions.assertThat(texts.toString()).contains(parts);
    }
}
