package org.cabstand.internal.deployment;

import jakarta.enterprise.context.Dependent;

/**
 * Makes this jar a bean archive for WildFly, which wants a class with a bean-defining annotation beside
 * {@code beans.xml}: else it does not show the readiness checks.
 */
@Dependent
public class BeanArchive {

    /** For the container. */
    public BeanArchive() {
        // holds nothing
    }
}
