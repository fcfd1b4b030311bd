/**
 * The configuration: its keys, the readers that report every fault, and the immutable settings that result.
 *
 * <p>Every package may use it. It uses {@code database}, for presets, and the messages.
 */
@NullMarked
package org.cabstand.internal.config;

import org.jspecify.annotations.NullMarked;
