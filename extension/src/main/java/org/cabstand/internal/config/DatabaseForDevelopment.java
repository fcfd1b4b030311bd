package org.cabstand.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * Gives a pool without URL a database while the application is developed: our artifact {@code cabstand-dev}, found by
 * {@link java.util.ServiceLoader} in the application's class loader.
 *
 * <p>Thread safety: called at deployment.
 */
public interface DatabaseForDevelopment {

    /** Without {@code cabstand-dev}: no pool gets a database. */
    DatabaseForDevelopment NONE = wanted -> null;

    /**
     * The database that a pool asks for.
     *
     * @param pool its name
     * @param kind which database; null for the one whose driver is there
     * @param fresh whether to delete what was in it before
     * @param initScript SQL for a new one, a resource or a file; null for nothing
     * @param folder where the data is
     * @param username the pool's; null when none is configured
     * @param password the pool's; null when none is configured
     */
    record Wanted(
            String pool,
            @Nullable String kind,
            boolean fresh,
            @Nullable String initScript,
            @Nullable String folder,
            @Nullable String username,
            @Nullable String password) {

        @Override
        public String toString() {
            return pool + " in " + folder;
        }
    }

    /**
     * The URL of a database that runs.
     *
     * @param wanted what the pool wants
     * @return null unless the application is being developed or tested
     * @throws IllegalStateException when there can be none; its message is fit for the configuration report
     */
    @Nullable String url(Wanted wanted);
}
