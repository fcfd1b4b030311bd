package org.cabstand.test.internal;

import java.util.List;

/**
 * Where a thread is, as the application's people know it.
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

    /** In the names of classes that containers make. */
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
