/** The application that the servers run for JPA: the same entity, with entity managers of three sources. */
package org.cabstand.benchmarks.entities;
