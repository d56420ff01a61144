/** What every store must do, as tests; and seeded samples, fakes and clocks for the tests of others. Ships in nothing. */
@NullMarked
package io.clawsec.testkit;

import org.jspecify.annotations.NullMarked;
