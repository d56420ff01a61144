/** Reads the audit trail for those who may, by the page or as a whole. Does not belong here: how it is kept. */
@NullMarked
package io.clawsec.auditing;

import org.jspecify.annotations.NullMarked;
