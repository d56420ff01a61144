/** The built-in model that answers where no backend is configured. */
@NullMarked
package io.clawsec.model.mock;

import org.jspecify.annotations.NullMarked;
