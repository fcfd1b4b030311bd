/** Events for JDK Flight Recorder; loaded only if the JDK has its module {@code jdk.jfr}. */
package org.cabstand.internal.flight;
