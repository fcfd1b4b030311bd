package org.glassfish.web.loader;

import java.net.URL;
import java.net.URLClassLoader;

/** By the package of its class loaders an application knows that it is on GlassFish or Payara. */
public final class LoaderLikeGlassFishs extends URLClassLoader {

    private final boolean isOfEE11;

    public LoaderLikeGlassFishs(URL url, ClassLoader parent, boolean isOfEE11) {
        super(new URL[] {url}, parent);
        this.isOfEE11 = isOfEE11;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isOfEE11 && name.equals("jakarta.persistence.FindOption")
                ? Object.class
                : super.loadClass(name, resolve);
    }
}
