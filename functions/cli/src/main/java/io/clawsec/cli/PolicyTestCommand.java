package io.clawsec.cli;

import io.clawsec.call.VerdictJson;
import io.clawsec.cli.policy.ActiveFiles;
import io.clawsec.guard.Finding;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Verdict;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import io.clawsec.policyfile.PolicyFileException;
import io.clawsec.policyfile.PolicyFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what the guard makes of one text. */
@Command(
        name = "test",
        description =
                "Judge one text by the policy files, every rule enforced but those that only watch by themselves. "
                        + "Exit code 0: it is allowed; 1: it is blocked; 2: it could not be judged.")
final class PolicyTestCommand implements Callable<Integer> {

    /** Bytes of a text, as of a request. */
    private static final int LONGEST = 1 << 20;

    /** Findings that are told; a text may hold many more. */
    private static final int MOST_FINDINGS = 1000;

    /** Which way a text goes. */
    private enum Direction {
        input,
        output
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TEXT",
            description = "The text; without it, or with -, it is read from standard input.")
    private @Nullable String text;

    @Option(
            names = "--direction",
            paramLabel = "WAY",
            description = "input (to a model; the default) or output (from one).")
    private Direction direction = Direction.input;

    @Option(
            names = "--policy",
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
        PolicyFiles files = folder == null ? ActiveFiles.of(System.getenv()) : PolicyFiles.in(folder);
        try {
            GuardedText judged = new GuardedText("text", given());
            Guard guard = new Guard(GuardPolicy.strict(files.load().packs()));
            Verdict verdict = direction == Direction.input ? guard.inspect(List.of(judged)) : guard.redact(judged);
            print(verdict);
            return verdict.<Integer>fold(pass -> 0, block -> 1);
        } catch (PolicyFileException e) {
            e.errors().forEach(System.err::println);
        } catch (CharacterCodingException e) {
            System.err.println("clawsec: the text is not UTF-8");
        } catch (TooLongException e) {
            System.err.println("clawsec: the text is longer than " + LONGEST + " bytes");
        } catch (IOException e) { // from here it would be exit code 1: blocked
            System.err.println("clawsec: the text cannot be read: " + e.getMessage());
        } catch (GuardUnavailableException e) {
            System.err.println("clawsec: " + e.getMessage());
        }
        return PolicyCommand.UNUSABLE;
    }

    private String given() throws IOException {
        if (text != null && !text.equals("-")) {
            return text;
        }
        byte[] read = System.in.readNBytes(LONGEST + 1);
        if (read.length > LONGEST) {
            throw new TooLongException();
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read)).toString();
    }

    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private void print(Verdict verdict) {
        boolean allowed = verdict.<Boolean>fold(pass -> true, block -> false);
        String redacted =
                verdict.<@Nullable String>fold(pass -> pass.texts().get(0).text(), block -> null);
        if (json) {
            JsonObject body = new JsonObject().with("allowed", allowed);
            VerdictJson.addFindings(body, verdict.findings(), true, MOST_FINDINGS)
                    .with("redacted", redacted);
            System.out.println(new String(Json.write(body), StandardCharsets.UTF_8));
            return;
        }
        System.out.println(allowed ? "allowed" : "blocked");
        verdict.findings().stream().limit(MOST_FINDINGS).forEach(PolicyTestCommand::print);
        if (redacted != null) {
            System.out.println();
            System.out.println(redacted);
        }
    }

    private static void print(Finding finding) {
        System.out.printf(
                "  %-7s %-9s %s at %d to %d%n",
                finding.action().wireName(),
                finding.category().wireName(),
                finding.rule(),
                finding.start(),
                finding.end());
    }
}
