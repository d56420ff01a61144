package io.clawsec.bench;

import io.clawsec.guard.Finding;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.rule.Action;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.policyfile.PolicyFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Prints what the packaged rules do to labelled rows that go to a model, beside the baseline's patterns: what is blocked by
 * kind and source, each rule that fires and how often, every harmless row that is blocked with the rules that did it, and
 * the time a text takes. It shows no text.
 *
 * <p>Arguments: files of JSON lines, gzipped where named {@code .gz}, with {@code id}, {@code text}, {@code label} (1 for
 * an attack), {@code kind} and {@code source}.
 */
public final class RuleMeasurement {

    private static final int LONGEST_TEXT = 1_000_000;

    private final Guard guard = new Guard(
            new GuardPolicy(PolicyFiles.packaged().load().packs(), LONGEST_TEXT, true, true, true, true, Map.of()));
    private final Map<String, Count> counts = new TreeMap<>();
    private final Map<String, Count> rules = new TreeMap<>();
    private final List<String> falseAlarms = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();

    private RuleMeasurement() {}

    /** How many rows there are, and how many of them something found; for rules: of harmless rows and of attacks. */
    private static final class Count {
        private int rows;
        private int found;
        private int foundByBaseline;
    }

    /** Measures the files together, one table for each. */
    public static void main(String[] files) throws IOException, MalformedJsonException {
        for (String file : files) {
            RuleMeasurement measurement = new RuleMeasurement();
            measurement.read(Path.of(file));
            measurement.print(file);
        }
    }

    private void read(Path file) throws IOException, MalformedJsonException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                row(Json.parseObject(line));
            }
        }
    }

    private void row(Map<String, @Nullable Object> row) {
        String text = String.valueOf(row.get("text"));
        boolean attack = String.valueOf(row.get("label")).equals("1");
        long start = System.nanoTime();
        Map<String, Action> fired = rulesThatFire(text);
        nanos.add(System.nanoTime() - start);
        boolean blocked = fired.containsValue(Action.BLOCK);
        boolean baseline = BaselinePatterns.found(text);
        String kind = (attack ? "attack " : "harmless ") + row.get("kind");
        for (String key : List.of(attack ? "attack" : "harmless", kind, kind + " | " + row.get("source"))) {
            Count count = counts.computeIfAbsent(key, absent -> new Count());
            count.rows++;
            count.found += blocked ? 1 : 0;
            count.foundByBaseline += baseline ? 1 : 0;
        }
        fired.forEach((rule, action) -> {
            String name = rule + " (" + action.name().toLowerCase(Locale.ROOT) + ")";
            Count count = rules.computeIfAbsent(name, absent -> new Count());
            count.rows += attack ? 0 : 1;
            count.found += attack ? 1 : 0;
        });
        if (!attack && blocked) {
            fired.values().removeIf(action -> action != Action.BLOCK);
            falseAlarms.add(row.get("id") + " " + row.get("source") + " " + fired.keySet());
        }
    }

    private Map<String, Action> rulesThatFire(String text) {
        Map<String, Action> fired = new TreeMap<>();
        try {
            for (Finding finding :
                    guard.inspect(List.of(new GuardedText("prompt", text))).findings()) {
                fired.put(finding.rule(), finding.action());
            }
        } catch (GuardUnavailableException unavailable) {
            fired.put("guard-unavailable", Action.BLOCK);
        }
        return fired;
    }

    private void print(String file) {
        System.out.printf("%n%s%n%n| rows | | blocked | baseline |%n|---|---|---|---|%n", file);
        counts.forEach((key, count) -> System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d (%.2f %%) | %d (%.2f %%) |%n",
                key,
                count.rows,
                count.found,
                100.0 * count.found / count.rows,
                count.foundByBaseline,
                100.0 * count.foundByBaseline / count.rows));
        System.out.printf("%n| rule | harmless rows | attacks |%n|---|---|---|%n");
        rules.forEach((rule, count) -> System.out.printf("| %s | %d | %d |%n", rule, count.rows, count.found));
        System.out.printf("%nharmless rows that are blocked: %d%n", falseAlarms.size());
        falseAlarms.forEach(System.out::println);
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "%nmicroseconds for a text: mean %.1f, median %.1f, 99th of a hundred %.1f, longest %.1f%n",
                    Arrays.stream(sorted).average().orElse(0) / 1e3,
                    sorted[sorted.length / 2] / 1e3,
                    sorted[sorted.length * 99 / 100] / 1e3,
                    sorted[sorted.length - 1] / 1e3);
        }
    }
}
