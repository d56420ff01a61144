package io.clawsec.cli.policy;

import io.clawsec.guard.Finding;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Verdict;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One of the two policies that are compared, and what it made of the corpus. Not for several threads. */
final class Side {

    private final String name;
    private final Guard guard;
    private final Optional<Category> category;
    private final Durations durations = new Durations();
    private long blocked;
    private long withheld;
    private long truePositives;
    private long falsePositives;
    private long positives;
    private long negatives;

    /**
     * A policy that has seen nothing.
     *
     * @param category what counts as found; empty: what blocks
     */
    Side(String name, Guard guard, Optional<Category> category) {
        this.name = name;
        this.guard = guard;
        this.category = category;
    }

    /**
     * What it makes of one row.
     *
     * @param blocked whether the text would be refused
     * @param found whether it is what was looked for
     * @param rules those that decided something, sorted
     */
    record Sight(boolean blocked, boolean found, Set<String> rules) {}

    Sight judge(CorpusRow row) {
        long start = System.nanoTime();
        Sight sight;
        try {
            sight = sight(guard.inspect(List.of(new GuardedText("text", row.text()))));
        } catch (GuardUnavailableException failClosed) {
            withheld++;
            sight = new Sight(true, true, Set.of());
        }
        durations.add(System.nanoTime() - start);
        count(row, sight);
        return sight;
    }

    private Sight sight(Verdict verdict) {
        boolean blocks = verdict.<Boolean>fold(pass -> false, block -> true);
        Set<String> rules = new TreeSet<>();
        boolean ofCategory = false;
        for (Finding finding : verdict.findings()) {
            if (finding.action() != Action.MONITOR) {
                rules.add(finding.rule());
                ofCategory |= category.equals(Optional.of(finding.category()));
            }
        }
        return new Sight(blocks, category.isEmpty() ? blocks : ofCategory, rules);
    }

    private void count(CorpusRow row, Sight sight) {
        blocked += sight.blocked() ? 1 : 0;
        row.label().ifPresent(label -> {
            positives += label ? 1 : 0;
            negatives += label ? 0 : 1;
            truePositives += label && sight.found() ? 1 : 0;
            falsePositives += !label && sight.found() ? 1 : 0;
        });
    }

    /** For people, in one line. */
    String line() {
        String line = String.format(
                Locale.ROOT,
                "%-9s blocked %,d; µs a text: mean %.1f, p50 %.1f, p99 %.1f, max %.1f",
                name,
                blocked,
                durations.meanMicros(),
                durations.quantileMicros(0.5),
                durations.quantileMicros(0.99),
                durations.mostMicros());
        if (positives + negatives > 0) {
            line += String.format(
                    Locale.ROOT,
                    "; found %,d of %,d (%s), false %,d of %,d (%s)",
                    truePositives,
                    positives,
                    percent(truePositives, positives),
                    falsePositives,
                    negatives,
                    percent(falsePositives, negatives));
        }
        return withheld == 0 ? line : line + "; could not judge " + withheld;
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }

    /** For programs. */
    JsonObject json() {
        JsonObject json = new JsonObject()
                .with("blocked", blocked)
                .with("withheld", withheld)
                .with("microseconds", durations.json());
        if (positives + negatives > 0) {
            json.with("positives", positives)
                    .with("true_positives", truePositives)
                    .with("recall", positives == 0 ? null : (double) truePositives / positives)
                    .with("negatives", negatives)
                    .with("false_positives", falsePositives)
                    .with("false_positive_rate", negatives == 0 ? null : (double) falsePositives / negatives);
        }
        return json;
    }
}
