package org.cabstand.internal.config;

/** How a pool takes part in JTA transactions. */
public enum Transactions {
    AUTO,
    OFF,
    REQUIRED,
    XA
}
