package org.cabstand;

import java.util.Hashtable;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** The name of an application in JNDI, where a server puts it. */
final class ApplicationNames {

    private static volatile String name;

    private ApplicationNames() {}

    static void use(String applicationName) {
        name = applicationName;
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
    }

    static void forget() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    /** Made by JNDI. */
    public static final class Names implements InitialContextFactory {

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String asked) throws NamingException {
                    if (asked.equals("java:app/AppName")) {
                        return name;
                    }
                    throw new NameNotFoundException(new CompositeName(asked).toString());
                }
            };
        }
    }
}
