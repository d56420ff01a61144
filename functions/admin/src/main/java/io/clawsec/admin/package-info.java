/** Shows what is in force: the policy and the roles. */
@NullMarked
package io.clawsec.admin;

import org.jspecify.annotations.NullMarked;
