/**
 * Telemetry over OTLP. Belongs here: everything that knows OpenTelemetry. Does not: what is traced and what a span may say,
 * which the core decides.
 */
@NullMarked
package io.clawsec.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
