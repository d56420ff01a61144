/**
 * PostgreSQL behind the core's repositories: one database, one writer thread a process, as many processes as there are.
 *
 * <p>Here belongs what connects the ports to PostgreSQL. What is decided, such as the form of a record or the meaning of a
 * window, is in the core; what makes tables is in {@code migrate}, which no service calls.
 */
@NullMarked
package io.clawsec.store.postgres;

import org.jspecify.annotations.NullMarked;
