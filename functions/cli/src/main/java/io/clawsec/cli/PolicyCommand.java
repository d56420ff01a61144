package io.clawsec.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What whoever writes rules needs: by itself it lists its commands. */
@Command(
        name = "policy",
        description = "Check policy files, judge a text by them, compare two policies over a corpus.",
        subcommands = {PolicyCheckCommand.class, PolicyTestCommand.class, PolicyBacktestCommand.class})
final class PolicyCommand implements Callable<Integer> {

    /** The exit code where the command line, or what it names, cannot be used. */
    static final int UNUSABLE = 2;

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
        spec.commandLine().usage(System.err);
        return UNUSABLE;
    }
}
