package org.cabstand;

import org.jspecify.annotations.Nullable;

/**
 * Whether a pool can serve.
 *
 * <p>Thread safety: immutable.
 *
 * @param ready whether it can serve
 * @param reason the reason why it cannot, without secrets; null when it can
 */
public record Readiness(boolean ready, @Nullable String reason) {}
