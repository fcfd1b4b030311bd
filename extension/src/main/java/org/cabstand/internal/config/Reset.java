package org.cabstand.internal.config;

/** How a session is reset when its connection is returned. */
public enum Reset {
    STANDARD,
    FULL
}
