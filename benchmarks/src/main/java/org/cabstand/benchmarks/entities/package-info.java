/** The application that the servers run for JPA: the same entity, by three sources of entity managers. */
package org.cabstand.benchmarks.entities;
