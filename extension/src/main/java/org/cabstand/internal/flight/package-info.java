/** Events for JDK Flight Recorder; loaded only if the JDK has its module {@code jdk.jfr}. */
@NullMarked
package org.cabstand.internal.flight;

import org.jspecify.annotations.NullMarked;
