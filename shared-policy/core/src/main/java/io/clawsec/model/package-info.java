/** Language models: what they are asked and what they answer. Imports no sibling package. */
@NullMarked
package io.clawsec.model;

import org.jspecify.annotations.NullMarked;
