package org.cabstand.internal.config;

/** What to do about a thread that takes a second connection of a pool outside of JTA. */
public enum MultipleAcquisition {
    OFF,
    WARN,
    FAIL
}
