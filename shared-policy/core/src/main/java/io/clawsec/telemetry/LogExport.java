package io.clawsec.telemetry;

/** Where lines of the log go beside standard output. Never throws, never waits; safe for use by many threads. */
@FunctionalInterface
public interface LogExport {

    void accept(LogRecord line);
}
