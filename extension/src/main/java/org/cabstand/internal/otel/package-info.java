/** Metrics for OpenTelemetry; loaded only where its API is. */
package org.cabstand.internal.otel;
