package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * README.md's examples, run as they stand: every block of its section "Try it" that {@code <!-- tested -->} stands
 * before. A command must end with 0; a comment {@code # → 400 …} below it says the status it must have got.
 */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class ReadmeIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^<!-- tested -->\\n```sh\\n(.*?)^```$");
    private static final Pattern STATUS = Pattern.compile("# → (\\d{3})\\b.*");

    /** Every curl notes its status line beside what it prints. */
    private static final String PRELUDE = """
            set -eu
            curl() { command curl -D "$NOTED" "$@"; }
            must_be() {
                got=$(sed -n '1s/^HTTP[^ ]* \\([0-9]*\\).*/\\1/p' "$NOTED")
                [ "$got" = "$1" ] || { echo; echo "line $2: $got where README.md says $1"; exit 1; }
                echo; echo "checked $1"; rm -f "$NOTED"
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void needTools() {
        assumeTrue(runs("sh", "-c", "exit 0"), "this host has no sh");
        assumeTrue(runs("curl", "--version"), "this host has no curl");
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(new File("/dev/null"))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void the_examples_do_what_is_said_below_them() throws Exception {
        List<String> blocks = BLOCK.matcher(ReadmeTest.section("Try it"))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).isNotEmpty();
        for (int i = 0; i < blocks.size(); i++) {
            String block = blocks.get(i);
            Path own = Files.createDirectory(folder.resolve("block-" + i));
            try (ServerProcess server = ServerProcess.start(own, Map.of())) {
                String script = script(block.replace("localhost:8080", "localhost:" + server.port()));
                String said = run(own, script);
                long claims = block.lines()
                        .filter(line -> STATUS.matcher(line).matches())
                        .count();
                assertThat(said.lines().filter(line -> line.startsWith("checked ")))
                        .as(said)
                        .hasSize((int) claims);
                assertThat(claims).as("statuses that the block names").isPositive();
            }
        }
    }

    private static String script(String block) {
        StringBuilder script = new StringBuilder(PRELUDE);
        int number = 0;
        for (String line : block.split("\n", -1)) {
            number++;
            Matcher status = STATUS.matcher(line);
            script.append(status.matches() ? "must_be " + status.group(1) + " " + number : line)
                    .append('\n');
        }
        return script.toString();
    }

    private static String run(Path folder, String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("examples.sh"), script);
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder("sh", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("NOTED", folder.resolve("noted").toString());
        Process shell = builder.start();
        if (!shell.waitFor(60, TimeUnit.SECONDS)) {
            shell.destroyForcibly();
            throw new AssertionError("the examples did not end: " + Clone.text(said));
        }
        assertThat(shell.exitValue()).as(Clone.text(said)).isZero();
        return Clone.text(said);
    }
}
