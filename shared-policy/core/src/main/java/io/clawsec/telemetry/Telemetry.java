package io.clawsec.telemetry;

/** What leaves a process for whoever watches it: spans and lines of the log. Holds threads and connections until closed. */
public interface Telemetry extends AutoCloseable {

    /** Exports nothing, at no cost. */
    Telemetry NONE = new Telemetry() {
        @Override
        public Tracing tracing() {
            return Tracing.NONE;
        }

        @Override
        public LogExport logs() {
            return line -> {};
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    Tracing tracing();

    LogExport logs();

    /** Sends what waits, within a short deadline: for processes that may be frozen when they have answered. */
    void flush();

    /** Sends what waits, within a deadline, and lets go of everything. */
    @Override
    void close();
}
