/**
 * What the stores that speak SQL say alike: statements that every engine takes word for word, how their rows become the
 * core's values, and how callers take turns at reading.
 *
 * <p>Here belongs what is the same on SQLite and PostgreSQL, and stays so; their contract's tests run it on both. How a
 * batch is written, how a connection is made, what an index is called and how a UUID is stored is each engine's own
 * business, in its own room: there is no dialect here to switch on.
 */
@NullMarked
package io.clawsec.store.sql;

import org.jspecify.annotations.NullMarked;
