package org.cabstand;

/**
 * A setting in force.
 *
 * <p>Thread safety: immutable.
 *
 * @param key as in README's table, e.g. {@code max-size}
 * @param value its value; {@code ***} for a secret
 * @param source the name of the config source, or {@code default}, or another origin
 * @param changed whether it differs from the default
 */
public record Setting(String key, String value, String source, boolean changed) {}
