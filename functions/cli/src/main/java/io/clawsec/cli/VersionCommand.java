package io.clawsec.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints which ClawSec this is and what it runs on: what a bug report needs. */
@Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = false)
final class VersionCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        String version =
                Objects.requireNonNullElse(ClawSecCli.class.getPackage().getImplementationVersion(), "(not packaged)");
        spec.commandLine()
                .getOut()
                .printf(
                        "clawsec %s (Java %s, %s %s)%n",
                        version,
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
        return 0;
    }
}
