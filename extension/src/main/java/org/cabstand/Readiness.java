package org.cabstand;

import org.jspecify.annotations.Nullable;

/**
 * Whether a pool can serve.
 *
 * <p>Thread safety: immutable.
 *
 * @param ready whether it can
 * @param reason why not, without secrets; null when it can
 */
public record Readiness(boolean ready, @Nullable String reason) {}
