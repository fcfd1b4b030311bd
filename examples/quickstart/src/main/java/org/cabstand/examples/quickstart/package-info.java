/**
 * A guest book whose page shows its connection pool at work.
 *
 * <p>{@link org.cabstand.examples.quickstart.GuestbookResource} is the class to read first: all it
 * knows about the database is an injected {@link java.sql.Connection}. The pool itself is declared
 * in
 * {@code META-INF/microprofile-config.properties}.
 */
package org.cabstand.examples.quickstart;
