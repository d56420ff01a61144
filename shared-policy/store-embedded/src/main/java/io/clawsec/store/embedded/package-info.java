/**
 * SQLite behind the core's repositories: one file, one writer thread a process, several processes on one host.
 *
 * <p>Here belongs what connects the ports to SQLite. What is decided, such as the form of a record or the meaning of a
 * window, is in the core.
 */
@NullMarked
package io.clawsec.store.embedded;

import org.jspecify.annotations.NullMarked;
