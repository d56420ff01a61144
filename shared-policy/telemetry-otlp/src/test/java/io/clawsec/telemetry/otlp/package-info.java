/** Tests of telemetry over OTLP, with exporters that a test controls; what goes over the wire is tested in conformance. */
@NullMarked
package io.clawsec.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
