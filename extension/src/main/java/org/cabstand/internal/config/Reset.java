package org.cabstand.internal.config;

/** How a session is reset when its connection goes back. */
public enum Reset {
    STANDARD,
    FULL
}
