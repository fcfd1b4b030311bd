/** Events of JDK Flight Recorder; loaded only where the JDK's module {@code jdk.jfr} is. */
package org.cabstand.internal.flight;
