@NullMarked
package io.clawsec.cli;

import org.jspecify.annotations.NullMarked;
