package io.clawsec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The command line as a process of its own, as the launcher starts it. */
final class CliProcess {

    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> flags;
    private @Nullable Path input;

    CliProcess(Path folder, Map<String, String> environment, String... flags) {
        this.folder = folder;
        this.environment = environment;
        this.flags = List.of(flags);
    }

    /** What a command came to. */
    record Ended(int exitCode, String out, String err) {}

    /** A command that runs. */
    record Running(Process process, Path out, Path err) {

        Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the command did not end: " + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** The same with its standard input from there. */
    CliProcess from(Path file) {
        input = file;
        return this;
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    Ended runWith(String standardInput, String... arguments) throws IOException, InterruptedException {
        Running running = start(arguments);
        try (var in = running.process().getOutputStream()) {
            in.write(standardInput.getBytes(StandardCharsets.UTF_8));
        }
        return running.await();
    }

    Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (input != null) {
            command.addAll(List.of("/bin/sh", "-c", "exec \"$@\" <\"$0\"", input.toString()));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ClawSecCli.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("CLAWSEC_POLICY_DIR");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.pid()).isPositive();
        return new Running(process, out, err);
    }
}
