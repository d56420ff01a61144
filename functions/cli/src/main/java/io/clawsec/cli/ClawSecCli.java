package io.clawsec.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that the launcher does not carry out itself. */
@Command(
        name = "clawsec",
        description = "A security envelope around language-model calls.",
        subcommands = {DemoCommand.class, MigrateCommand.class, PolicyCommand.class, VersionCommand.class})
public final class ClawSecCli {

    private ClawSecCli() {}

    public static void main(String[] arguments) {
        // Java 17 would write in the platform's encoding, which is ASCII where no locale is set.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(out);
        int exitCode = new CommandLine(new ClawSecCli())
                .setExpandAtFiles(false) // a text to judge may begin with an at sign
                .execute(arguments);
        out.flush();
        System.exit(exitCode);
    }
}
