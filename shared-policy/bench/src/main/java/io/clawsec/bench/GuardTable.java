package io.clawsec.bench;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Prints what one text costs, in microseconds, by engine: all in one run, on the same inputs.
 *
 * <p>{@code guard} as the first argument leaves the other engines out. {@code -Dclawsec.bench.prose=FILE} takes the
 * harmless texts from a file.
 */
public final class GuardTable {

    private static final int WARM_UPS = 3;
    private static final int MEASUREMENTS = 5;

    private GuardTable() {}

    /** Runs the table. */
    public static void main(String[] args) throws RunnerException {
        boolean guardOnly = args.length > 0 && args[0].equals("guard");
        Map<String, String> texts = BenchTexts.all();
        List<String> benign = texts.keySet().stream()
                .filter(name -> !name.startsWith("hostile"))
                .toList();
        Map<String, Map<String, Double>> table = new TreeMap<>();
        add(run("guard", new ArrayList<>(texts.keySet())), table);
        add(run("digest", benign.subList(0, 1)), table);
        if (!guardOnly) {
            add(run("gatedRe2", new ArrayList<>(texts.keySet())), table);
            add(run("backtracking", benign), table);
        }
        System.out.printf(
                Locale.ROOT,
                "SHA-256 of 1 MB: %.0f us%n%n",
                only(table.getOrDefault(benign.get(0), Map.of()), "digest"));
        System.out.println("| text | guard, first time | guard | gated RE2/J | java.util.regex |");
        System.out.println("|---|---|---|---|---|");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Map<String, Double> row = table.getOrDefault(text.getKey(), Map.of());
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.1f | %s | %s |%n",
                    text.getKey(),
                    firstTime(text.getValue()),
                    only(row, "guard"),
                    cell(row, "gatedRe2"),
                    cell(row, "backtracking"));
        }
    }

    private static Collection<RunResult> run(String engine, List<String> texts) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(GuardBenchmark.class.getSimpleName() + "\\." + engine + "$")
                        .param("text", texts.toArray(String[]::new))
                        .forks(1)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(TimeValue.milliseconds(500))
                        .measurementIterations(MEASUREMENTS)
                        .measurementTime(TimeValue.milliseconds(400))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private static void add(Collection<RunResult> results, Map<String, Map<String, Double>> table) {
        for (RunResult result : results) {
            table.computeIfAbsent(result.getParams().getParam("text"), name -> new TreeMap<>())
                    .put(
                            result.getPrimaryResult().getLabel(),
                            result.getPrimaryResult().getScore());
        }
    }

    private static double only(Map<String, Double> row, String engine) {
        return row.getOrDefault(engine, Double.NaN);
    }

    private static String cell(Map<String, Double> row, String engine) {
        return row.containsKey(engine) ? String.format(Locale.ROOT, "%.1f", row.get(engine)) : "";
    }

    /** A guard that has read other texts, but never the like of this one: its code is warm, its automaton is not. */
    private static double firstTime(String text) {
        Guard guard = new Guard(GuardPolicy.strict(GuardBenchmark.packs()));
        inspect(guard, "What is the capital of France, and how many people live there?");
        long start = System.nanoTime();
        inspect(guard, text);
        return (System.nanoTime() - start) / 1e3;
    }

    private static void inspect(Guard guard, String text) {
        try {
            guard.inspect(List.of(new GuardedText("prompt", text)));
        } catch (GuardUnavailableException refused) {
            System.err.println("a text was refused: " + refused.getMessage());
        }
    }
}
