/** Metrics for OpenTelemetry; loaded only if its API is present. */
package org.cabstand.internal.otel;
