package io.clawsec.testkit;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A process of its own, with this one's class path, in which eight callers append to a store until it is killed; it prints
 * what was acknowledged as soon as it was.
 */
public final class ForkedAppends implements AutoCloseable {

    private static final int CALLERS = 8;
    private static final Pattern LINE = Pattern.compile("appended ([0-9a-f-]{36})\\.");

    /** What the child needs to know of how this process was started. */
    private static final List<String> HANDED_ON = List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region");

    private final Process process;
    private final BufferedReader output;

    private ForkedAppends(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts one.
     *
     * @param databaseUrl of a store whose provider is on the class path
     */
    public static ForkedAppends start(String databaseUrl, long seed) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        HANDED_ON.stream()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ForkedAppends.class.getName()));
        command.addAll(List.of(databaseUrl, Long.toString(seed)));
        return new ForkedAppends(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits until so many events were acknowledged; which. */
    public List<UUID> awaitAcknowledged(int count) throws IOException {
        List<UUID> ids = new ArrayList<>();
        while (ids.size() < count) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("the process ended with " + ids.size() + " of " + count + " events");
            }
            add(line, ids);
        }
        return ids;
    }

    /** What it printed until it ended. */
    public List<UUID> rest() throws IOException {
        List<UUID> ids = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            add(line, ids);
        }
        return ids;
    }

    /** A line that was cut while it was printed has no full stop. */
    private static void add(String line, List<UUID> ids) {
        LINE.matcher(line).results().forEach(found -> ids.add(UUID.fromString(found.group(1))));
    }

    /** SIGKILL: no hook runs, no buffer is flushed. */
    public void kill() {
        process.toHandle().destroyForcibly(); // the process's own method would close its output too
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            output.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends until the end. */
    public static void main(String... arguments) {
        String url = arguments[0];
        long seed = Long.parseLong(arguments[1]);
        Store store = ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.handles(url))
                .findFirst()
                .orElseThrow()
                .open(url, Path.of("").toAbsolutePath());
        for (int i = 0; i < CALLERS; i++) {
            AuditSamples samples = new AuditSamples(seed * CALLERS + i);
            new Thread(() -> appendAll(store, samples), "forked-appends-" + i).start();
        }
    }

    private static void appendAll(Store store, AuditSamples samples) {
        while (true) {
            AuditEvent event = samples.event();
            try {
                store.audit().append(List.of(event));
                print("appended " + event.id() + ".");
            } catch (AuditUnavailableException e) {
                // Refused; nothing is promised of this event.
            }
        }
    }

    private static synchronized void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
