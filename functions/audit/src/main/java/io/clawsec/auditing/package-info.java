/** Reads the audit trail for those who may. */
@NullMarked
package io.clawsec.auditing;

import org.jspecify.annotations.NullMarked;
