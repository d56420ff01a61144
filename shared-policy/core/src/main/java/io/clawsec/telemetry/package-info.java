/** What is measured, and the port to where measurements go. Does not belong here: any metrics library. */
@NullMarked
package io.clawsec.telemetry;

import org.jspecify.annotations.NullMarked;
