package org.jboss.modules;

import java.net.URL;
import java.net.URLClassLoader;

/** By the package of its class loaders an application knows that it is on WildFly. */
public final class LoaderLikeWildFlys extends URLClassLoader {

    public LoaderLikeWildFlys(URL url, ClassLoader parent) {
        super(new URL[] {url}, parent);
    }
}
