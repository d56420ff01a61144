package io.clawsec.bench;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Prints what one text costs, in microseconds, by engine: all in one run, on the same inputs.
 *
 * <p>{@code guard} as an argument leaves the other engines out, {@code quick} measures too shortly to be quoted.
 * {@code -Dclawsec.bench.corpus=FILE} takes the harmless texts from a {@link BenchCorpus}, {@code
 * -Dclawsec.bench.prose=FILE} from a plain file.
 */
public final class GuardTable {

    private static final int FIRST_MEETINGS = 3;
    private static final int ROUNDS_TO_WARM = 100;
    private static final double MAX_FIRST_MICROS = 60_000;
    private static final double MAX_RATIO = 10;

    private final boolean quick;
    private final Map<String, String> texts = BenchTexts.all();
    /** By engine and text. */
    private final Map<String, Double> micros = new HashMap<>();

    private GuardTable(boolean quick) {
        this.quick = quick;
    }

    /** Runs the table. */
    public static void main(String[] args) throws RunnerException {
        new GuardTable(Arrays.asList(args).contains("quick"))
                .run(Arrays.asList(args).contains("guard"));
    }

    private void run(boolean guardOnly) throws RunnerException {
        List<String> all = new ArrayList<>(texts.keySet());
        List<Rule> rules = GuardBenchmark.packs().stream()
                .flatMap(pack -> pack.rules().stream())
                .toList();
        Backtracking backtracking = new Backtracking(OneByOne.backtracking(guardOnly ? List.of() : rules));
        measure("digest", all.subList(0, 1));
        measure("guard", all);
        if (!guardOnly) {
            measure("gatedRe2", all);
            measure(
                    "backtracking",
                    all.stream()
                            .filter(name -> backtracking.isMeasurable(name, texts.getOrDefault(name, "")))
                            .toList());
        }
        System.out.printf(Locale.ROOT, "SHA-256 of 1 MB: %.0f us%n%n", of("digest", all.get(0)));
        System.out.println("| text | guard, first time | guard | × " + BenchTexts.LONG_BENIGN
                + " | gated RE2/J | java.util.regex | |");
        System.out.println("|---|---|---|---|---|---|---|");
        warmUp();
        texts.forEach((name, text) -> System.out.println(row(name, firstTime(text), backtracking)));
        targets(guardOnly);
    }

    private void measure(String engine, List<String> names) throws RunnerException {
        if (names.isEmpty()) {
            return;
        }
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(GuardBenchmark.class.getSimpleName() + "\\." + engine + "$")
                        .param("text", names.toArray(String[]::new))
                        .forks(1)
                        .warmupIterations(quick ? 1 : 5)
                        .warmupTime(TimeValue.milliseconds(quick ? 100 : 1_000))
                        .measurementIterations(quick ? 1 : 5)
                        .measurementTime(TimeValue.milliseconds(quick ? 100 : 400))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            micros.put(
                    engine + result.getParams().getParam("text"),
                    result.getPrimaryResult().getScore());
        }
    }

    private double of(String engine, String name) {
        return micros.getOrDefault(engine + name, Double.NaN);
    }

    private String row(String name, double first, Backtracking backtracking) {
        double ratio = of("guard", name) / of("guard", BenchTexts.LONG_BENIGN);
        List<String> misses = new ArrayList<>();
        if (name.startsWith(BenchTexts.HOSTILE)) {
            if (first > MAX_FIRST_MICROS) {
                misses.add("first time over 60 ms");
            }
            if (ratio > MAX_RATIO) {
                misses.add("over 10 ×");
            }
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.1f | %.1f | %s | %s | %s |",
                name,
                first,
                of("guard", name),
                ratio,
                cell(micros.get("gatedRe2" + name), ""),
                cell(micros.get("backtracking" + name), backtracking.outcome(name)),
                misses.isEmpty() ? "" : "MISS: " + String.join(", ", misses));
    }

    private static String cell(@Nullable Double value, String otherwise) {
        return value == null ? otherwise : String.format(Locale.ROOT, "%.1f", value);
    }

    private void targets(boolean guardOnly) {
        double small = of("guard", "benign 1024");
        double large = of("guard", BenchTexts.LONG_BENIGN);
        System.out.println();
        target("harmless 1 KB, us", small, small <= 20, "at most 20");
        target("harmless 32 KB, us", large, large <= 300, "at most 300");
        target("growth from 1 to 32 KB", large / small, large / small <= 36, "at most 36");
        if (!guardOnly) {
            for (String name : List.of("benign 1024", BenchTexts.LONG_BENIGN)) {
                double gain = of("gatedRe2", name) / of("guard", name);
                target("gated RE2/J over guard, " + name, gain, gain >= 10, "at least 10");
            }
        }
    }

    private static void target(String what, double value, boolean met, String bound) {
        System.out.printf(Locale.ROOT, "%s: %.1f, %s: %s%n", what, value, bound, met ? "met" : "MISS");
    }

    /** Reads the texts until the code is warm, with a guard that is then thrown away. */
    private void warmUp() {
        Guard guard = new Guard(GuardPolicy.strict(GuardBenchmark.packs()));
        for (int round = 0; round < ROUNDS_TO_WARM; round++) {
            texts.values().stream().limit(8).forEach(text -> inspect(guard, text));
        }
    }

    /** The median of guards that never read the like of the text: their code is warm, their automata are not. */
    private static double firstTime(String text) {
        double[] times = new double[FIRST_MEETINGS];
        for (int meeting = 0; meeting < FIRST_MEETINGS; meeting++) {
            Guard guard = new Guard(GuardPolicy.strict(GuardBenchmark.packs()));
            inspect(guard, "What is the capital of France, and how many people live there?");
            long start = System.nanoTime();
            inspect(guard, text);
            times[meeting] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(times);
        return times[FIRST_MEETINGS / 2];
    }

    private static void inspect(Guard guard, String text) {
        try {
            guard.inspect(List.of(new GuardedText("prompt", text)));
        } catch (GuardUnavailableException refused) {
            System.err.println("a text was refused: " + refused.getMessage());
        }
    }
}
