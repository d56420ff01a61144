package io.clawsec.cli;

import io.clawsec.cli.policy.ActiveFiles;
import io.clawsec.cli.policy.Backtest;
import io.clawsec.cli.policy.Comparison;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.rule.Category;
import io.clawsec.json.Json;
import io.clawsec.policyfile.PolicyFileException;
import io.clawsec.policyfile.PolicyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares two policies over a corpus. */
@Command(
        name = "backtest",
        description = "Judge every row of a corpus by the active policy files and by a candidate's, and tell the "
                + "difference. Ctrl-C stops it and reports what it has. Exit code 0: compared; 2: it could not.")
final class PolicyBacktestCommand implements Callable<Integer> {

    private static final String TERMINAL_PROPERTY = "clawsec.terminal";
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long a process that was told to end waits for the row in hand and the report. */
    private static final long LAST_WORDS_SECONDS = 10;

    @Option(
            names = "--candidate",
            required = true,
            paramLabel = "DIR",
            description = "Folder whose files replace the packaged ones in the policy that is tried.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path candidate;

    @Option(
            names = "--active",
            paramLabel = "DIR",
            description =
                    "The same of the policy in force; without it CLAWSEC_POLICY_DIR, or the packaged files alone.")
    private @Nullable Path active;

    @Option(
            names = "--corpus",
            required = true,
            paramLabel = "FILE",
            description =
                    "A JSON object a line, packed by gzip or not: text, and where they are known id, label (1: to be "
                            + "found, 0: not) and kind.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path corpus;

    @Option(
            names = "--category",
            paramLabel = "NAME",
            description =
                    "injection, secret or pii: what counts as found where rows have labels; without it what blocks.")
    private @Nullable String category;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    private boolean help;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final CountDownLatch reported = new CountDownLatch(1);
    private long begun;
    private long shown;

    @Override
    public Integer call() {
        Optional<Category> wanted = Optional.ofNullable(category).flatMap(Category::of);
        if (category != null && wanted.isEmpty()) {
            System.err.println("clawsec: the category is one of injection, secret and pii");
            return PolicyCommand.UNUSABLE;
        }
        try {
            PolicyFiles inForce = active == null ? ActiveFiles.of(System.getenv()) : PolicyFiles.in(active);
            Backtest backtest = new Backtest(new Comparison(guard(inForce), guard(PolicyFiles.in(candidate)), wanted));
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-backtest"));
            begun = System.nanoTime();
            shown = begun;
            boolean terminal = Boolean.getBoolean(TERMINAL_PROPERTY);
            backtest.run(corpus, stop::get, rows -> {
                if (terminal) {
                    progress(rows);
                }
            });
            if (terminal) {
                System.err.print("\r\033[K");
            }
            Optional<String> empty = backtest.withoutRows();
            if (empty.isEmpty()) {
                print(backtest);
                return 0;
            }
            System.err.println("clawsec: " + empty.get());
        } catch (PolicyFileException e) {
            e.errors().forEach(System.err::println);
        } catch (IOException e) {
            System.err.println("clawsec: the corpus cannot be read: " + e.getMessage());
        } finally {
            System.out.flush();
            reported.countDown();
        }
        return PolicyCommand.UNUSABLE;
    }

    private static Guard guard(PolicyFiles files) {
        return new Guard(GuardPolicy.strict(files.load().packs()));
    }

    /** On a thread of the JVM's own, which ends when this does: after the report, or after long enough. */
    private void stop() {
        stop.set(true);
        try {
            reported.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void progress(long rows) {
        long now = System.nanoTime();
        if (now - shown >= PROGRESS_NANOS) {
            shown = now;
            long perSecond = rows * TimeUnit.SECONDS.toNanos(1) / Math.max(1, now - begun);
            System.err.printf("\r\033[K%,d rows, %,d a second", rows, perSecond);
        }
    }

    private void print(Backtest backtest) {
        if (json) {
            System.out.println(new String(Json.write(backtest.json()), StandardCharsets.UTF_8));
        } else {
            backtest.lines().forEach(System.out::println);
        }
    }
}
