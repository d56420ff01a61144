package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clawsec.policyfile.PackDraft;
import io.clawsec.policyfile.PolicyFileException;
import io.clawsec.policyfile.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * shared-policy/AUTHORING.md, run as it stands, by the launcher and the jars of this build: a comment {@code # → 1: word}
 * below a command says the exit code it must have, and what it must print.
 */
@Timeout(300)
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class AuthoringGuideIT {

    private static final Path GUIDE = Clone.TOP.resolve("shared-policy/AUTHORING.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^<!-- tested -->\\n```sh\\n(.*?)^```$");
    private static final Pattern ANY_BLOCK = Pattern.compile("(?m)^```sh$");
    private static final Pattern CLAIM = Pattern.compile("# → (\\d+): (.+)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:[^#\\n]*\\| )?\\./clawsec .*$");
    private static final Pattern KEY_ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ");
    private static final long PATIENCE_SECONDS = 240;

    @TempDir
    Path folder;

    @Test
    void its_commands_do_what_is_said_below_them() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "this host has no /bin/sh");
        List<String> blocks = found(BLOCK).stream().map(block -> block.group(1)).toList();
        assertThat(blocks)
                .as("every block of commands is tested")
                .hasSize(found(ANY_BLOCK).size());
        String script = script(String.join("\n", blocks));
        String said = run(script);
        long commands = blocks.stream()
                .mapToLong(block -> COMMAND.matcher(block).results().count())
                .sum();
        assertThat(commands).isPositive();
        assertThat(said.lines().filter(line -> line.startsWith("held: ")))
                .as(said)
                .hasSize((int) commands);
    }

    @Test
    void the_keys_it_tells_are_those_of_an_entry() {
        String text = Clone.text(GUIDE);
        String section = text.substring(text.indexOf("## What stands in an entry"), text.indexOf("## Before it is"));
        List<String> told =
                KEY_ROW.matcher(section).results().map(row -> row.group(1)).toList();
        assertThat(told).hasSizeGreaterThan(10);
        assertThat(errors(told)).noneMatch(error -> error.contains("unknown key"));
        assertThat(errors(List.of("surely_no_key"))).anyMatch(error -> error.contains("unknown key"));
    }

    private static List<String> errors(List<String> keys) {
        String entry = keys.stream().map(key -> key + ": x").collect(Collectors.joining(", "));
        try {
            PackDraft.read(
                    "category: pii\nrules:\n- {" + entry + "}\n",
                    PolicyFiles.packaged().load().packs());
            return List.of();
        } catch (PolicyFileException e) {
            return e.errors();
        }
    }

    private static List<MatchResult> found(Pattern pattern) {
        return pattern.matcher(Clone.text(GUIDE)).results().toList();
    }

    /** The claim below a command is held by the shell function that ran it. */
    private static String script(String blocks) {
        StringBuilder script = new StringBuilder("""
            set -u
            must_have() {
                [ "$code" = "$1" ] || { cat said; echo "exit code $code where $1 is told"; exit 1; }
                grep -F -e "$2" said >/dev/null || { cat said; echo "not said: $2"; exit 1; }
                echo "held: $2"
            }
            """);
        for (String line : blocks.split("\n", -1)) {
            Matcher claim = CLAIM.matcher(line);
            if (claim.matches()) {
                script.append("must_have ")
                        .append(claim.group(1))
                        .append(" '")
                        .append(claim.group(2))
                        .append("'\n");
            } else if (COMMAND.matcher(line).matches()) {
                script.append(line).append(" >said 2>&1; code=$?\n");
            } else {
                script.append(line).append('\n');
            }
        }
        return script.toString();
    }

    /** A checkout whose sources and jars are this one's, and which the launcher takes for built. */
    private String run(String script) throws IOException, InterruptedException {
        Path checkout = Files.createDirectory(folder.resolve("a checkout"));
        for (String room : List.of("pom.xml", "shared-policy", "functions")) {
            Files.createSymbolicLink(
                    checkout.resolve(room), Clone.TOP.resolve(room).toAbsolutePath());
        }
        Path launcher = Files.copy(Clone.TOP.resolve("clawsec"), checkout.resolve("clawsec"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.createFile(
                Files.createDirectories(checkout.resolve("target/launcher")).resolve("built"));
        Path file = Files.writeString(folder.resolve("guide.sh"), script);
        Path said = folder.resolve("all-said");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", file.toString())
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("CLAWSEC_POLICY_DIR");
        Process shell = builder.start();
        if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            throw new AssertionError("the guide did not end: " + Clone.text(said));
        }
        assertThat(shell.exitValue()).as(Clone.text(said)).isZero();
        assertThat(Clone.text(said)).doesNotContain("building");
        return Clone.text(said);
    }
}
