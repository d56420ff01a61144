/**
 * What tests and demonstrations share: contracts that every adapter of a port must pass, a scriptable model backend, seeded
 * samples. Does not belong here: anything that a running function needs.
 */
@NullMarked
package io.clawsec.testkit;

import org.jspecify.annotations.NullMarked;
