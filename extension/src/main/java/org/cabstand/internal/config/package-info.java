/**
 * What is configured: the keys, how they are read with every fault they have, and the immutable settings that come of it.
 *
 * <p>Free for all to use. It uses {@code database}, for what suits one, and the messages.
 */
@NullMarked
package org.cabstand.internal.config;

import org.jspecify.annotations.NullMarked;
