package org.cabstand.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Stress tests of the cache: no connection is given to two threads, and none is stranded. */
final class CacheStress {

    private CacheStress() {}

    /** A connection of which only the place matters. */
    static final class Place extends Slot {

        @Override
        protected void reaped() {
            // nobody reaps it
        }

        @Override
        protected void close() {
            // nothing to close
        }
    }

    /** A cache with one idle connection. */
    static class OneIdle {

        final Place place = new Place();
        final SharedCache<Place> cache = new SharedCache<>(Place[]::new);

        OneIdle() {
            place.taken();
            cache.add(place);
            place.putIntoCache();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one of them has it")
    @Outcome(expect = FORBIDDEN, desc = "both have it, or nobody")
    public static class TwoTakers extends OneIdle {

        @Actor
        public void first(II_Result r) {
            r.r1 = cache.take() == null ? 0 : 1;
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = cache.take() == null ? 0 : 1;
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one of them has it")
    @Outcome(expect = FORBIDDEN, desc = "both have it, or nobody")
    public static class TakerAndClearing extends OneIdle {

        @Actor
        public void taker(II_Result r) {
            r.r1 = cache.take() == null ? 0 : 1;
        }

        @Actor
        public void clearing(II_Result r) {
            r.r2 = cache.clear().size();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0, 1", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "its user or the watch has it")
    @Outcome(expect = FORBIDDEN, desc = "both have it, or nobody")
    public static class UserAndWatch {

        private final Place place = new Place();

        public UserAndWatch() {
            place.taken();
            place.beginReturning();
        }

        @Actor
        public void user(III_Result r) {
            r.r1 = place.putIntoCache() ? 1 : 0;
        }

        @Actor
        public void watch(III_Result r) {
            r.r2 = place.takeAway() ? 1 : 0;
        }

        @Arbiter
        public void inCache(III_Result r) {
            r.r3 = place.take() ? 1 : 0;
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "whoever comes finds it")
    @Outcome(expect = FORBIDDEN, desc = "it is in no cache, and nobody has it")
    public static class TwoJoin {

        private final SharedCache<Place> cache = new SharedCache<>(Place[]::new);

        private void join() {
            Place place = new Place();
            place.taken();
            cache.add(place);
            place.putIntoCache();
        }

        @Actor
        public void first() {
            join();
        }

        @Actor
        public void second() {
            join();
        }

        @Arbiter
        public void both(I_Result r) {
            r.r1 = cache.take() != null && cache.take() != null && cache.take() == null ? 1 : 0;
        }
    }
}
