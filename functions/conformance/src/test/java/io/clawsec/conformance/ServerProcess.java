package io.clawsec.conformance;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as a process of its own, on a port of its own: it can be killed as a machine kills it. */
final class ServerProcess implements RunningProgram {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(45);
    private static final int MOST_STARTS = 3;
    private static final Pattern SERVING = Pattern.compile("ClawSec is serving on http://localhost:(\\d+)\n");

    /** The launcher's flags, and the compiler that is ready soonest: these processes live for seconds. */
    private static final List<String> FLAGS = List.of(
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8");

    private static final HttpClient HEALTH = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Process process;
    private final Path log;
    private final int port;

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts the all-in-one server and waits until it is healthy. */
    static ServerProcess start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        return start(Program.ALL_IN_ONE, folder, settings);
    }

    /**
     * Starts a server and waits until it is healthy.
     *
     * @param folder holds the data folder {@code data} and the log
     * @param settings environment variables; nothing else of this process's environment is handed on
     */
    static ServerProcess start(Program program, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            Path log = Files.createTempFile(folder, "server", ".log");
            Process process = spawn(program, folder, settings, log);
            try {
                int port = awaitPort(process, log);
                ServerProcess server = new ServerProcess(process, log, port);
                await("a healthy server", process, log, server::healthy);
                return server;
            } catch (EndedException e) {
                // Its free port was taken by somebody else between two moments.
                if (start == MOST_STARTS || !read(log).contains("is in use")) {
                    throw new AssertionError("the server ended: " + read(log), e);
                }
            } catch (RuntimeException | Error e) {
                process.destroyForcibly();
                throw e;
            }
        }
    }

    /** How a process ended that did not serve. */
    record Ended(int exitCode, String output) {}

    /** Starts a server that has to refuse, and waits until it has. */
    static Ended startRefused(Program program, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "server", ".log");
        Process process = spawn(program, folder, settings, log);
        try {
            if (!process.waitFor(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(program + " did not refuse within " + START_TIMEOUT + ": " + read(log));
            }
            return new Ended(process.exitValue(), read(log));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process spawn(Program program, Path folder, Map<String, String> settings, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-jar", program.jar().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().put("PORT", "0");
        builder.environment().put("CLAWSEC_MANAGEMENT_PORT", "off");
        builder.environment().put("CLAWSEC_DATA_DIR", folder.resolve("data").toString());
        builder.environment().putAll(settings);
        return builder.start();
    }

    private static int awaitPort(Process process, Path log) throws InterruptedException {
        await("the start notice", process, log, () -> SERVING.matcher(read(log)).find());
        Matcher serving = SERVING.matcher(read(log));
        if (!serving.find()) {
            throw new AssertionError("the start notice is gone: " + read(log));
        }
        return Integer.parseInt(serving.group(1));
    }

    private static void await(String what, Process process, Path log, Supplier<Boolean> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!condition.get()) {
            if (!process.isAlive()) {
                throw new EndedException();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("no " + what + " within " + START_TIMEOUT + ": " + read(log));
            }
            Thread.sleep(10);
        }
    }

    private boolean healthy() {
        try {
            HttpRequest request = HttpRequest.newBuilder(at("/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HEALTH.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the test was interrupted", e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public Reply send(Ask ask) throws IOException {
        return Wire.exchange(port, ask.bytes(port));
    }

    URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public String output() {
        return read(log);
    }

    /** SIGKILL: nothing of it runs any more when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM; gives the exit code of a process that ends by itself. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    private int awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the server did not end within " + END_TIMEOUT + ": " + output());
        }
        return process.exitValue();
    }

    /** Leaves nothing running, whatever became of the test. */
    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it was told to die all the same
        }
    }

    private static String read(Path file) {
        return Clone.text(file);
    }

    /** The process ended before it served. */
    private static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
