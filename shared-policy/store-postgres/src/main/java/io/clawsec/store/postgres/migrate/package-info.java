/**
 * Makes and grants the tables, with the owner's rights: for the command line. Services have neither the rights nor the
 * library; they only look which version there is.
 */
@NullMarked
package io.clawsec.store.postgres.migrate;

import org.jspecify.annotations.NullMarked;
