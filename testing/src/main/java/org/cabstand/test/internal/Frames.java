package org.cabstand.test.internal;

import java.util.List;

/**
 * Describes where a thread is in the application's code.
 *
 * <p>Thread safety: stateless.
 */
final class Frames {

    private static final List<String> NOT_THEIRS =
            List.of(
                    "java.",
                    "javax.",
                    "jakarta.",
                    "jdk.",
                    "sun.",
                    "org.cabstand.internal.",
                    "org.jboss.",
                    "org.apache.webbeans.",
                    "com.arjuna.",
                    "com.ibm.",
                    "com.sun.",
                    "io.agroal.");

    /** A part of the names of classes that containers generate. */
    private static final String PROXY = "$Proxy";

    private Frames() {}

    static String of(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (!type.contains(PROXY) && NOT_THEIRS.stream().noneMatch(type::startsWith)) {
                return frame.toString();
            }
        }
        return stack.length == 0 ? "its end" : stack[0].toString();
    }
}
