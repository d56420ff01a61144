package io.clawsec.cli.policy;

import io.clawsec.cli.policy.CorpusLines.Line;
import io.clawsec.cli.policy.CorpusRow.BadRowException;
import io.clawsec.cli.policy.Side.Sight;
import io.clawsec.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Two policies over one corpus, row by row: what the candidate would block that the active one lets through, and the other
 * way round. It holds counts and the names of a few rows, however long the corpus is, and never a text. Not for several
 * threads.
 */
public final class Backtest {

    /** Kinds that are counted singly. */
    private static final int MOST_KINDS = 100;

    private static final String OTHER_KINDS = "(other)";

    private final Side active;
    private final Side candidate;
    private final Map<String, long[]> rules = new TreeMap<>();
    private final Map<String, long[]> kinds = new TreeMap<>();
    private final Sample bad = new Sample();
    private final Sample newlyBlocked = new Sample();
    private final Sample newlyAllowed = new Sample();
    private long rows;
    private boolean stopped;

    /** A comparison that has not begun. */
    public Backtest(Comparison comparison) {
        this.active = new Side("active", comparison.active(), comparison.category());
        this.candidate = new Side("candidate", comparison.candidate(), comparison.category());
    }

    /**
     * Reads the corpus to its end, or until it is told to stop.
     *
     * @param stop whether to stop; asked before every row
     * @param progress told the number of rows after each
     */
    public void run(Path corpus, BooleanSupplier stop, LongConsumer progress) throws IOException {
        try (CorpusLines lines = CorpusLines.open(corpus)) {
            while (true) {
                if (stop.getAsBoolean()) {
                    stopped = true;
                    return;
                }
                Optional<Line> line = lines.next();
                if (line.isEmpty()) {
                    return;
                }
                take(line.get());
                progress.accept(rows);
            }
        }
    }

    private void take(Line line) {
        if (line.tooLong()) {
            bad.add("line " + line.number() + ": longer than " + CorpusLines.LONGEST + " bytes");
        } else if (line.utf8().length > 0) {
            try {
                compare(CorpusRow.read(line.number(), line.utf8()));
            } catch (BadRowException e) {
                bad.add("line " + line.number() + ": " + e.reason());
            }
        }
    }

    private void compare(CorpusRow row) {
        rows++;
        boolean activeFirst = rows % 2 == 0; // the second finds the text in the processor's caches
        Sight first = (activeFirst ? active : candidate).judge(row);
        Sight second = (activeFirst ? candidate : active).judge(row);
        Sight before = activeFirst ? first : second;
        Sight after = activeFirst ? second : first;
        if (after.blocked() && !before.blocked()) {
            newlyBlocked.add(row.name());
        } else if (before.blocked() && !after.blocked()) {
            newlyAllowed.add(row.name());
        }
        before.rules().forEach(rule -> count(rules, rule, 0, after.rules().contains(rule) ? -1 : 3));
        after.rules().forEach(rule -> count(rules, rule, 1, before.rules().contains(rule) ? -1 : 2));
        row.kind().ifPresent(kind -> countKind(kind, before, after));
    }

    private void countKind(String named, Sight before, Sight after) {
        String kind = kinds.containsKey(named) || kinds.size() < MOST_KINDS ? named : OTHER_KINDS;
        count(kinds, kind, 0, -1);
        if (before.found()) {
            count(kinds, kind, 1, -1);
        }
        if (after.found()) {
            count(kinds, kind, 2, -1);
        }
    }

    /** Counts in a column, and in a second one where that is not negative. */
    private static void count(Map<String, long[]> table, String row, int column, int also) {
        long[] counts = table.computeIfAbsent(row, name -> new long[4]);
        counts[column]++;
        if (also >= 0) {
            counts[also]++;
        }
    }

    /** Why nothing was compared, where the corpus has come to its end without a row. */
    public Optional<String> withoutRows() {
        return rows > 0 || stopped
                ? Optional.empty()
                : Optional.of("no line of the corpus is a row, a JSON object with a text; " + bad.line("passed over"));
    }

    /** For people, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(rows + " rows" + (stopped ? ", then stopped" : ""));
        lines.add(active.line());
        lines.add(candidate.line());
        lines.add(newlyBlocked.line("newly blocked"));
        lines.add(newlyAllowed.line("newly allowed"));
        if (bad.count() > 0) {
            lines.add(bad.line("lines passed over"));
        }
        rules.forEach((rule, counts) -> {
            if (counts[2] + counts[3] > 0) {
                lines.add("  rule " + rule + ": " + counts[0] + " -> " + counts[1] + " rows; " + counts[2] + " newly, "
                        + counts[3] + " no longer");
            }
        });
        kinds.forEach((kind, counts) -> lines.add(
                "  kind " + kind + ": found " + counts[1] + " -> " + counts[2] + " of " + counts[0] + " rows"));
        return lines;
    }

    /** For programs. */
    public JsonObject json() {
        JsonObject ofRules = new JsonObject();
        rules.forEach((rule, counts) -> ofRules.with(
                rule,
                new JsonObject()
                        .with("active", counts[0])
                        .with("candidate", counts[1])
                        .with("newly", counts[2])
                        .with("no_longer", counts[3])));
        JsonObject ofKinds = new JsonObject();
        kinds.forEach((kind, counts) -> ofKinds.with(
                kind,
                new JsonObject()
                        .with("rows", counts[0])
                        .with("active", counts[1])
                        .with("candidate", counts[2])));
        return new JsonObject()
                .with("rows", rows)
                .with("stopped", stopped)
                .with("bad_lines", bad.json())
                .with("active", active.json())
                .with("candidate", candidate.json())
                .with("newly_blocked", newlyBlocked.json())
                .with("newly_allowed", newlyAllowed.json())
                .with("rules", ofRules)
                .with("kinds", ofKinds);
    }
}
