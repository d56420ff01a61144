/**
 * What tests of several modules share: the contracts that every store must pass, seeded samples, a fixed clock, a
 * scriptable model backend, an audit that breaks on demand, a server to start, and what reads the deployment's template.
 * Does not belong here: a fake of something that can be used for real, or anything that only one module's tests need.
 */
@NullMarked
package io.clawsec.testkit;

import org.jspecify.annotations.NullMarked;
