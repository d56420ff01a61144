package io.clawsec.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A checkout in a folder with spaces that holds the launcher and next to nothing else, and a PATH with the tools that
 * the launcher may use, a Java that tells how it was called and a Maven that makes the jars.
 */
final class LauncherSandbox {

    /** Everything but Java and Maven that the launcher may rely on. */
    private static final List<String> TOOLS =
            List.of("find", "sed", "head", "tail", "cat", "mkdir", "rmdir", "rm", "mv", "dirname", "readlink", "sleep");

    private static final long PATIENCE_SECONDS = 30;

    /** Tells its process, the settings that the launcher made and its arguments, a line each. */
    private static final String JAVA = """
            #!/bin/sh
            for argument; do
                if [ "$argument" = -version ]; then
                    echo 'openjdk version "%s" 2026-01-01' >&2
                    echo "    sun.jnu.encoding = ${FAKE_JAVA_ENCODING:-UTF-8}" >&2
                    exit 0
                fi
            done
            echo "process $$"
            echo "java $0"
            echo "port ${PORT:-}"
            echo "data ${CLAWSEC_DATA_DIR:-}"
            echo "locale ${LC_ALL:-}"
            for argument; do
                echo "argument $argument"
            done
            """;

    private static final String MAVEN = """
            #!/bin/sh
            echo "$*" >>"$FAKE_MAVEN_CALLS"
            echo "what Maven has to say"
            sleep "${FAKE_MAVEN_SECONDS:-0}" || exit 1
            [ -z "${FAKE_MAVEN_FAILS:-}" ] || exit 1
            while [ "$1" != -f ]; do shift; done
            for jar in all-in-one cli; do
                target=$(dirname "$2")/functions/$jar/target
                mkdir -p "$target/lib"
                : >"$target/clawsec-$jar.jar"
            done
            """;

    private final Path folder;
    private final Path checkout;
    private final Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    private LauncherSandbox(Path folder) {
        this.folder = folder;
        this.checkout = folder.resolve("a folder with spaces").resolve("my clawsec");
        this.bin = folder.resolve("bin");
    }

    static LauncherSandbox create(Path folder) throws IOException {
        LauncherSandbox sandbox = new LauncherSandbox(folder.toRealPath());
        Files.createDirectories(sandbox.source().getParent());
        Files.writeString(sandbox.source(), "class One {}");
        Files.createDirectories(sandbox.checkout.resolve("functions/cli/src/main/java"));
        Files.writeString(sandbox.checkout.resolve("pom.xml"), "<project/>");
        Files.copy(launcher(), sandbox.launcherCopy());
        executable(sandbox.launcherCopy());

        Files.createDirectory(sandbox.bin);
        for (String tool : TOOLS) {
            // Not a symbolic link: tools that are one program under many names, as in BusyBox, go by theirs.
            sandbox.install(sandbox.bin.resolve(tool), "#!/bin/sh\nexec " + tool(tool) + " \"$@\"\n");
        }
        sandbox.install(sandbox.bin.resolve("java"), JAVA.formatted("17.0.1"));
        sandbox.install(sandbox.bin.resolve("mvn"), MAVEN);
        sandbox.environment.put("PATH", sandbox.bin.toString());
        sandbox.environment.put("FAKE_MAVEN_CALLS", sandbox.calls().toString());
        return sandbox;
    }

    /** The launcher of this repository. */
    private static Path launcher() {
        return Path.of("").toAbsolutePath().resolve("../../clawsec").normalize();
    }

    private static Path tool(String name) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path tool = Path.of(folder, name);
            if (Files.isExecutable(tool)) {
                return tool;
            }
        }
        throw new IllegalStateException("this host has no " + name);
    }

    private void install(Path program, String script) throws IOException {
        Files.deleteIfExists(program);
        Files.writeString(program, script);
        executable(program);
    }

    private static void executable(Path program) throws IOException {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path checkout() {
        return checkout;
    }

    Path launcherCopy() {
        return checkout.resolve("clawsec");
    }

    Path source() {
        return checkout.resolve("functions/all-in-one/src/main/java/One.java");
    }

    Path lock() {
        return checkout.resolve("target/launcher/lock");
    }

    private Path calls() {
        return folder.resolve("maven calls");
    }

    /** The arguments of each call of Maven so far. */
    List<String> mavenCalls() throws IOException {
        return Files.exists(calls()) ? Files.readAllLines(calls()) : List.of();
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    void unset(String variable) {
        environment.remove(variable);
    }

    void remove(String program) throws IOException {
        Files.delete(bin.resolve(program));
    }

    void installJava(String version) throws IOException {
        install(bin.resolve("java"), JAVA.formatted(version));
    }

    /** A Java of its own folder, and that folder. */
    Path installJavaHome(String version) throws IOException {
        Path home = folder.resolve("a java home");
        Files.createDirectories(home.resolve("bin"));
        install(home.resolve("bin/java"), JAVA.formatted(version));
        return home;
    }

    /** A started launcher and what it wrote. */
    record Launch(Process process, Path output) {

        Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the launcher did not end; it wrote: " + Files.readString(output));
            }
            return new Ended(process.pid(), process.exitValue(), Files.readString(output));
        }
    }

    /** A launcher that ended. */
    record Ended(long process, int exitCode, String output) {}

    /** Runs the launcher in its own folder. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return start(launcherCopy(), checkout, arguments).await();
    }

    Launch start(Path program, Path workingFolder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Launch(builder.start(), output);
    }

    /** Changes a source, later than what was built. */
    void edit() throws IOException, InterruptedException {
        pause();
        Files.writeString(source(), "\n", StandardOpenOption.APPEND);
    }

    /** Deletes a source, later than what was built. */
    void deleteSource() throws IOException, InterruptedException {
        pause();
        Files.delete(source());
    }

    /** Longer than the grain of a file system's times. */
    private static void pause() throws InterruptedException {
        Thread.sleep(50);
    }
}
