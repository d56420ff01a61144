/**
 * What is measured and what is traced, and the ports to where that goes. Does not belong here: any library for metrics or
 * traces.
 */
@NullMarked
package io.clawsec.telemetry;

import org.jspecify.annotations.NullMarked;
