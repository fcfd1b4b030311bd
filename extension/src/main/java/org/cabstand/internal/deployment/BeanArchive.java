package org.cabstand.internal.deployment;

import jakarta.enterprise.context.Dependent;

/**
 * Makes this jar a bean archive for WildFly. WildFly shows the readiness checks only if there is a
 * class with a bean-defining annotation beside {@code beans.xml}.
 */
@Dependent
public class BeanArchive {

    /** For the container. */
    public BeanArchive() {
        // holds nothing
    }
}
