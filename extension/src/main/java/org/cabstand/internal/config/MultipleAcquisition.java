package org.cabstand.internal.config;

/** The reaction to a thread that takes a second connection of a pool outside of JTA. */
public enum MultipleAcquisition {
    OFF,
    WARN,
    FAIL
}
