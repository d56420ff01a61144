/** Shows what is in force: the policy, the roles and the settings; and changes the settings. */
@NullMarked
package io.clawsec.admin;

import org.jspecify.annotations.NullMarked;
