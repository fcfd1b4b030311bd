package org.cabstand;

/**
 * A setting that is in force.
 *
 * <p>Thread safety: immutable.
 *
 * @param key as in README's table, e.g. {@code max-size}
 * @param value its value; {@code ***} for a secret
 * @param source where it comes from: the name of a config source, or {@code default}, or what else has set it
 * @param changed whether it differs from the default
 */
public record Setting(String key, String value, String source, boolean changed) {}
