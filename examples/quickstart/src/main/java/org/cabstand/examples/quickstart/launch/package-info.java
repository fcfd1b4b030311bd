/** Starts the server with the application; not part of the WAR. */
package org.cabstand.examples.quickstart.launch;
