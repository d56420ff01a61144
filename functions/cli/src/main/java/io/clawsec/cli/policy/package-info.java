/**
 * The tools of whoever writes rules: the check of policy files, the verdict on one text, the comparison of two policies
 * over a corpus. Belongs here: what a command does beyond its arguments. Does not: what a rule is, or what it decides.
 */
@NullMarked
package io.clawsec.cli.policy;

import org.jspecify.annotations.NullMarked;
