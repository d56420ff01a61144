package io.clawsec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process, with a fake server as its child: what is left when it ends, by itself or by a signal. */
@Timeout(120)
class DemoProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path temporaryFiles = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        temporaryFiles = Files.createDirectory(folder.resolve("tmp"));
        output = folder.resolve("output");
    }

    @Test
    void it_runs_the_server_in_its_jar_and_leaves_neither_a_process_nor_a_file() throws Exception {
        Process demo = start("WELL");
        ProcessHandle child = child(demo);
        assertThat(exitCode(demo)).as(output()).isZero();
        assertThat(child.isAlive()).isFalse();
        assertThat(temporaryFiles).isEmptyDirectory();
    }

    @Test
    void a_wrong_step_is_exit_code_1_and_nothing_is_left_either() throws Exception {
        Process demo = start("FAULTY");
        ProcessHandle child = child(demo);
        assertThat(exitCode(demo)).as(output()).isEqualTo(1);
        assertThat(child.isAlive()).isFalse();
        assertThat(temporaryFiles).isEmptyDirectory();
    }

    @Test
    void a_server_that_ends_early_is_exit_code_1_with_its_log_and_without_the_callers_environment() throws Exception {
        Process demo = start("FAILS_TO_START");
        assertThat(exitCode(demo)).isEqualTo(1);
        assertThat(output())
                .contains("ended with exit code 3", "a line of the server's log", "LLM_API_URL")
                .doesNotContain("DATABASE_URL", "CLAWSEC_POLICY_DIR", "SPRING_PROFILES_ACTIVE");
        assertThat(temporaryFiles).isEmptyDirectory();
    }

    @Test
    void told_to_end_while_the_server_starts_it_stops_the_server_and_deletes_its_files() throws Exception {
        Process demo = start("NEVER_HEALTHY");
        ProcessHandle child = child(demo);
        demo.destroy();
        assertThat(exitCode(demo)).as(output()).isEqualTo(128 + 15);
        assertThat(child.isAlive()).isFalse();
        assertThat(temporaryFiles).isEmptyDirectory();
        assertThat(output()).doesNotContain("✗");
    }

    @Test
    void told_to_end_in_the_middle_of_a_step_it_does_the_same() throws Exception {
        Process demo = start("HANGS");
        ProcessHandle child = child(demo);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains("get their tokens") && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        demo.destroy();
        assertThat(exitCode(demo)).as(output()).isEqualTo(128 + 15);
        assertThat(child.isAlive()).isFalse();
        assertThat(temporaryFiles).isEmptyDirectory();
        assertThat(output()).contains("✓ 200").doesNotContain("✗");
    }

    @Test
    void a_server_that_ignores_its_end_is_killed() throws Exception {
        Process demo = start("IGNORES_TERM");
        ProcessHandle child = child(demo);
        assertThat(exitCode(demo)).as(output()).isZero();
        assertThat(child.isAlive()).isFalse();
        assertThat(temporaryFiles).isEmptyDirectory();
    }

    @Test
    void without_a_server_it_says_how_to_start_it() throws Exception {
        Process demo = start("WELL", folder.resolve("nothing.jar"));
        assertThat(exitCode(demo)).isEqualTo(1);
        assertThat(output()).contains("./clawsec demo");
    }

    private Process start(String mood) throws IOException {
        return start(mood, fakeServerJar());
    }

    private Process start(String mood, Path jar) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporaryFiles);
        command.add("-Dclawsec.server=" + jar);
        command.add("-Dclawsec.server.flags=-Xshare:auto -Dfake.mood=" + mood);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ClawSecCli.class.getName(), "demo"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "DATABASE_URL", "postgresql://somebody@elsewhere/precious",
                        "CLAWSEC_POLICY_DIR", "/nowhere",
                        "SPRING_PROFILES_ACTIVE", "production"));
        return builder.start();
    }

    /** A thin jar with a main class and a class path, as the real server's. */
    private Path fakeServerJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "io.clawsec.cli.demo.FakeServerMain");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(entry -> Path.of(entry).toUri())
                .map(URI::toString)
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = folder.resolve("fake server.jar");
        try (OutputStream bytes = Files.newOutputStream(jar)) {
            new JarOutputStream(bytes, manifest).close();
        }
        return jar;
    }

    private static ProcessHandle child(Process demo) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try (Stream<ProcessHandle> children = demo.children()) {
                List<ProcessHandle> found = children.toList();
                if (!found.isEmpty()) {
                    return found.get(0);
                }
            }
            Thread.sleep(5);
        }
        throw new AssertionError("the demo has no child");
    }

    private static int exitCode(Process demo) throws InterruptedException {
        try {
            assertThat(demo.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .as("the demo ends by itself")
                    .isTrue();
            return demo.exitValue();
        } finally {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }

    private String output() throws IOException {
        return Files.readString(output);
    }
}
