package io.clawsec.cli;

import io.clawsec.cli.demo.Demo;
import io.clawsec.cli.demo.Screen;
import io.clawsec.cli.demo.ServerProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows on a private instance what ClawSec lets through, blocks, redacts and records. */
@Command(
        name = "demo",
        description = "Start a private instance and show what it lets through, blocks, redacts and records; "
                + "the exit code is 0 only if every step is as it should be, and nothing is left running.")
final class DemoCommand implements Callable<Integer> {

    /** The server's jar; the launcher sets it. */
    private static final String SERVER_PROPERTY = "clawsec.server";

    /** The flags of the server's JVM, parted by spaces; the launcher keeps them. */
    private static final String FLAGS_PROPERTY = "clawsec.server.flags";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        String jar = System.getProperty(SERVER_PROPERTY, "");
        if (jar.isEmpty() || !Files.isRegularFile(Path.of(jar))) {
            spec.commandLine()
                    .getErr()
                    .println("There is no server at -D" + SERVER_PROPERTY + "=" + jar + "; start it as ./clawsec demo");
            return 1;
        }
        List<String> flags = List.of(System.getProperty(FLAGS_PROPERTY, "").split(" "));
        return Demo.ofChildProcess(ServerProgram.ofJar(Path.of(jar), flags), Screen.of(System.out))
                .run();
    }
}
