/** The running product, seen from outside: what a caller, an operator and a reader of the repository rely on. */
@NullMarked
package io.clawsec.conformance;

import org.jspecify.annotations.NullMarked;
