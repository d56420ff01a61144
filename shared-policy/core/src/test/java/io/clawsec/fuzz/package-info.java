/**
 * What must hold of every input that a fuzzer can think of: one target for each thing that reads strangers' texts, the
 * command that lets Jazzer loose on them, and the test that runs their seeds in every build.
 *
 * <p>No examples of what rules find here: they are the rules' own.
 */
@NullMarked
package io.clawsec.fuzz;

import org.jspecify.annotations.NullMarked;
