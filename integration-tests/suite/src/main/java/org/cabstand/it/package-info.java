/**
 * The tests that run against a real server, and what they share.
 *
 * <p>They run as clients, outside the server: {@link org.cabstand.it.TestWar} makes an application from
 * the classes of {@link org.cabstand.it.app}, Arquillian deploys it, {@link org.cabstand.it.WarClient}
 * calls it, and {@link org.cabstand.it.Database} looks at PostgreSQL from its own side.
 *
 * <p>The server's module says by system properties where things are: {@code it.war-libs}, the directory
 * with the jars for {@code WEB-INF/lib}; {@code it.http}, the address of the applications; {@code
 * it.health}, the address of the readiness checks (with {@code
 * APPLICATION} where the application's name belongs). What its server cannot do stands in {@code
 * cannot.properties}.
 *
 * <p>Nothing is null unless stated.
 */
package org.cabstand.it;
