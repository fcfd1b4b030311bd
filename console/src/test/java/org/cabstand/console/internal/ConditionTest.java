package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The word and the sentence that somebody reads first. */
class ConditionTest {

    private static void assertIs(Views pool, Condition condition, String sentence) {
        assertThat(Condition.of(pool.view())).isEqualTo(condition);
        assertThat(Condition.sentence(pool.view())).isEqualTo(sentence);
    }

    @Test
    void aPoolThatServesIsReady() {
        assertIs(Views.pool("orders"), Condition.READY, "0 of 10 in use, nobody waits.");
        assertIs(
                Views.pool("orders").busy(10, 0),
                Condition.READY,
                "10 of 10 in use, nobody waits.");
    }

    @Test
    void aDatabaseThatDoesNotAnswerComesBeforeAllElse() {
        assertIs(
                Views.pool("orders").busy(10, 40).down("connection refused"),
                Condition.DOWN,
                "connection refused.");
        // before the first check has answered
        assertIs(
                Views.pool("orders").trouble("no route to host").down(null),
                Condition.DOWN,
                "no route to host.");
    }

    @Test
    void aFullPoolSaysWhetherTheDatabaseOrTheApplicationHoldsIt() {
        assertIs(
                Views.pool("orders").max(2).busy(2, 37).holder("a", 41, null).holder("b", 7, null),
                Condition.FULL,
                "all 2 connections are in use. 37 requests wait, the longest for 4.1 s."
                        + " No holder is in a call to the database: the application keeps them.");
        assertIs(
                Views.pool("orders")
                        .max(2)
                        .busy(2, 1)
                        .holder("a", 41, "select 1")
                        .holder(
                                "b",
                                7,
                                null,
                                "x.Y.z(Y.java:1)",
                                "org.cabstand.internal.jdbc.P.e(P.java:2)"),
                Condition.FULL,
                "all 2 connections are in use. One request has waited for 4.1 s."
                        + " 2 of 2 holders are in a call to the database.");
        assertIs(
                Views.pool("orders").max(1).busy(1, 1).holder("a", 1, "select 1"),
                Condition.FULL,
                "the only connection is in use. One request has waited for 4.1 s."
                        + " 1 of 1 holder is in a call to the database.");
    }

    @Test
    void whoWaitsForANewConnectionDoesNotWaitForAHolder() {
        assertIs(
                Views.pool("orders").busy(3, 2).opening(2),
                Condition.WAITING,
                "2 requests wait, the longest for 4.1 s. 2 connections are being opened.");
    }

    @Test
    void whatSomebodyHasSwitchedOffIsNoFault() {
        assertIs(
                Views.pool("orders").suspended(),
                Condition.SUSPENDED,
                "nobody gets a connection until it is resumed.");
        assertIs(
                Views.pool("orders").inactive(),
                Condition.INACTIVE,
                "switched off by its configuration.");
        assertThat(Condition.INACTIVE.needsHelp()).isFalse();
        assertThat(Condition.SUSPENDED.needsHelp()).isTrue();
    }

    @Test
    void aPoolThatServesAndCannotOpenMoreIsFailing() {
        assertIs(
                Views.pool("orders").trouble("too many clients"),
                Condition.FAILING,
                "too many clients.");
    }
}
