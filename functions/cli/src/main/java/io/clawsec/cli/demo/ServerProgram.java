package io.clawsec.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start a server as a Java process of its own.
 *
 * @param flags of its JVM
 * @param main what is to run: {@code -jar} and a jar, or {@code -cp}, a class path and a class
 */
public record ServerProgram(List<String> flags, List<String> main) {

    public ServerProgram {
        flags = flags.stream().filter(flag -> !flag.isBlank()).toList();
        main = List.copyOf(main);
    }

    /** The server in a jar that has a main class and a class path. */
    public static ServerProgram ofJar(Path jar, List<String> flags) {
        return new ServerProgram(flags, List.of("-jar", jar.toString()));
    }

    /** The command, with the Java that runs this, whose temporary files all go to the given folder. */
    List<String> command(Path temporaryFiles) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-Djava.io.tmpdir=" + temporaryFiles);
        // Its counters would stay in the host's own temporary folder if it had to be killed.
        command.add("-XX:-UsePerfData");
        command.addAll(main);
        return command;
    }
}
