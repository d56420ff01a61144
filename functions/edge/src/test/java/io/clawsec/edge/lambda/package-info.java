@NullMarked
package io.clawsec.edge.lambda;

import org.jspecify.annotations.NullMarked;
