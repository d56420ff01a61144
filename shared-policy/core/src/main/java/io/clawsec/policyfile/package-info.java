/** YAML in, validated immutable documents out. The only room that knows YAML. */
@NullMarked
package io.clawsec.policyfile;

import org.jspecify.annotations.NullMarked;
