/** Metrics for OpenTelemetry; loaded only if its API is present. */
@NullMarked
package org.cabstand.internal.otel;

import org.jspecify.annotations.NullMarked;
