package io.clawsec.cli;

import io.clawsec.cli.policy.ActiveFiles;
import io.clawsec.cli.policy.CheckReport;
import io.clawsec.cli.policy.PolicyCheck;
import io.clawsec.json.Json;
import io.clawsec.policyfile.PolicyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether policy files are sound, and where they are not. */
@Command(
        name = "check",
        description = "Check policy files: their form, that every pattern is linear, that every rule does what its"
                + " examples say, and what hostile texts cost. Exit code 0: sound; 1: errors, each as file:line: reason;"
                + " 2: nothing could be checked.")
final class PolicyCheckCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description =
                    "Folder whose files replace the packaged ones; without it CLAWSEC_POLICY_DIR, or the packaged "
                            + "files alone.")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    private boolean help;

    @Override
    public Integer call() {
        if (folder != null && !Files.isDirectory(folder)) {
            System.err.println("clawsec: there is no folder " + folder);
            return PolicyCommand.UNUSABLE;
        }
        PolicyFiles files = folder == null ? ActiveFiles.of(System.getenv()) : PolicyFiles.in(folder);
        CheckReport report = PolicyCheck.of(files);
        if (json) {
            System.out.println(new String(Json.write(report.json()), StandardCharsets.UTF_8));
        } else {
            report.lines().forEach(System.out::println);
        }
        return report.passed() ? 0 : 1;
    }
}
