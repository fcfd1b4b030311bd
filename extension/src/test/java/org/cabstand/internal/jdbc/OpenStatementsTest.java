package org.cabstand.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any number of open statements, closed in any order, by the application or the driver. */
class OpenStatementsTest {

    private static final class Resource extends TrackedResource {
        boolean closed;

        @Override
        void closeDelegate() {
            closed = true;
        }

        @Override
        boolean isDone() {
            return closed;
        }
    }

    private final OpenStatements open = new OpenStatements();

    private List<Resource> add(int count) {
        List<Resource> resources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Resource resource = new Resource();
            resources.add(resource);
            open.add(resource);
        }
        return resources;
    }

    @Test
    @Timeout(10)
    void manyAreRemovedInAnyOrder() {
        List<Resource> resources = add(300_000);
        open.remove(new Resource());
        resources.subList(0, 100_000).forEach(open::remove);
        List<Resource> rest = resources.subList(100_000, 300_000);
        Collections.shuffle(rest, new Random(1));
        rest.forEach(open::remove);
        rest.forEach(open::remove);
        assertThat(open.isEmpty()).isTrue();
    }

    @Test
    void whatIsLeftIsClosed() throws SQLException {
        List<Resource> resources = add(5);
        open.remove(resources.get(2));
        open.closeAll();
        assertThat(resources)
                .extracting(resource -> resource.closed)
                .containsExactly(true, true, false, true, true);
        assertThat(open.isEmpty()).isTrue();
    }

    @Test
    void whatTheDriverClosesIsNotHeld() {
        List<Resource> first = add(1);
        WeakReference<Resource> closed = new WeakReference<>(first.get(0));
        first.get(0).closed = true;
        first.clear();
        assertThat(open.isIdle()).isTrue();
        for (int i = 0; i < 100; i++) {
            add(1).get(0).closed = true;
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(
                        () -> {
                            System.gc();
                            return closed.get() == null;
                        });
        add(1);
        assertThat(open.isIdle()).isFalse();
    }
}
