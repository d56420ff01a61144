package io.clawsec.store.embedded;

import io.clawsec.audit.AuditEvent;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.ManyCallers;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of its own that appends and reserves, and prints what was acknowledged as soon as it was. */
final class ForkedWriter implements AutoCloseable {

    static final String EVENT = "event ";
    static final String GRANTED = "granted ";

    private static final int CALLERS = 8;

    private final Process process;
    private final BufferedReader output;

    private ForkedWriter(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts one.
     *
     * @param events that each of its callers appends
     * @param limit requests an hour that it tries to pass, a try beside each event; 0 for no tries
     */
    static ForkedWriter start(Path file, long seed, int events, int limit) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ForkedWriter(new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkedWriter.class.getName(),
                        file.toString(),
                        Long.toString(seed),
                        Integer.toString(events),
                        Integer.toString(limit))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line it printed; empty when it ended. */
    String line() throws IOException {
        String line = output.readLine();
        return line == null ? "" : line;
    }

    /** SIGKILL: no hook runs, no buffer is flushed. */
    void kill() {
        process.toHandle().destroyForcibly(); // the process's own method would close its output too
    }

    @Override
    public void close() throws InterruptedException, IOException {
        process.destroyForcibly();
        process.waitFor();
        output.close();
    }

    public static void main(String... arguments) {
        long seed = Long.parseLong(arguments[1]);
        int events = Integer.parseInt(arguments[2]);
        int limit = Integer.parseInt(arguments[3]);
        try (EmbeddedStore store = EmbeddedStore.open(Path.of(arguments[0]))) {
            ManyCallers.run(CALLERS, caller -> {
                AuditSamples samples = new AuditSamples(seed * CALLERS + caller);
                for (int i = 0; i < events; i++) {
                    AuditEvent event = samples.event();
                    store.audit().append(List.of(event));
                    print(EVENT + event.id());
                    if (limit > 0 && reserve(store, samples, limit)) {
                        print(GRANTED + event.id());
                    }
                }
                return caller;
            });
        }
    }

    private static boolean reserve(EmbeddedStore store, AuditSamples samples, int limit) {
        Reservation reservation =
                new Reservation(samples.uuid(), "shared", "ada", "agent", "/query", AuditSamples.START);
        return store.usage()
                .reserve(reservation, List.of(new RateLimit(limit, Duration.ofHours(1))))
                .fold(granted -> true, exhausted -> false);
    }

    private static synchronized void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
