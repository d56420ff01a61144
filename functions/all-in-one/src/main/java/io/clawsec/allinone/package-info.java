/** Every function in one process: the quick start and the plain container. */
@NullMarked
package io.clawsec.allinone;

import org.jspecify.annotations.NullMarked;
