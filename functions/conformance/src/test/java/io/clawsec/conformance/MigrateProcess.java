package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator's command that makes tables, as a process of its own. */
final class MigrateProcess {

    private static final long MOST_SECONDS = 60;

    private MigrateProcess() {}

    /** Makes the tables of the environment's {@code DATABASE_URL}. */
    static void run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path jar = Clone.TOP.resolve("functions/cli/target/clawsec-cli.jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("there is no " + jar + ": package functions/cli first");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString(), "migrate"));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "migrate", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("migrate did not end: " + Clone.text(log));
        }
        assertThat(process.exitValue()).as(Clone.text(log)).isZero();
    }
}
