/** Who may do what: roles, permissions, and the policy that decides. Absence is denial. */
@NullMarked
package io.clawsec.access;

import org.jspecify.annotations.NullMarked;
