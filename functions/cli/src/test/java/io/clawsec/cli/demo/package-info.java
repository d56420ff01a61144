@NullMarked
package io.clawsec.cli.demo;

import org.jspecify.annotations.NullMarked;
