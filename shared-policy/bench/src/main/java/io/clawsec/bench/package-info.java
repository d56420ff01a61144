/** Measurements of core, run by hand; never a test, for a shared machine's clock decides nothing. Ships in nothing. */
@NullMarked
package io.clawsec.bench;

import org.jspecify.annotations.NullMarked;
