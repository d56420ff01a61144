/**
 * Stores as a whole: the port through which a deployment chooses one, and what stores of every kind share between callers
 * and database. Each repository's own port is in its package; what knows one database is in that store's module.
 */
@NullMarked
package io.clawsec.store;

import org.jspecify.annotations.NullMarked;
