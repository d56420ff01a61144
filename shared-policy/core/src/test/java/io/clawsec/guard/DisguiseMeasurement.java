package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.text.TextView;
import io.clawsec.guard.text.TextViews;
import io.clawsec.guard.text.ViewKind;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.policyfile.PolicyFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Measures what the views are worth on labelled texts: a command, not a test.
 *
 * <p>Arguments are files of gzipped JSON lines with {@code id}, {@code text} and {@code label} (1 for an attack), and
 * in files of disguised texts {@code base} and {@code obf}, which name the text and the disguise ({@code plain} for
 * none). Prints, for each disguise, how many attacks the packaged rules find plain and disguised; and for all harmless
 * texts, how many they take for an attack with the plain view alone and with all views, and the ids of the difference.
 */
final class DisguiseMeasurement {

    private final CompiledRules rules;
    private final TextViews views;

    private DisguiseMeasurement() {
        List<Rule> injection = PolicyFiles.packaged().load().packs().stream()
                .filter(pack -> pack.category() == Category.INJECTION)
                .flatMap(pack -> pack.rules().stream())
                .toList();
        rules = CompiledRules.compile(injection, PatternSet::compile);
        views = TextViews.against(
                injection.stream().flatMap(rule -> rule.patterns().stream()).toList());
    }

    public static void main(String[] files) throws IOException {
        DisguiseMeasurement measurement = new DisguiseMeasurement();
        for (String file : files) {
            List<Row> rows = Row.read(Path.of(file));
            System.out.printf("%s: %,d rows%n", Path.of(file).getFileName(), rows.size());
            if (rows.stream().anyMatch(row -> !row.disguise.isEmpty())) {
                measurement.disguises(rows);
            }
            measurement.falseAlarms(rows);
        }
    }

    private void disguises(List<Row> rows) {
        Map<String, Boolean> plain = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.attack && row.disguise.equals("plain"))
                .forEach(row -> plain.put(row.base, fires(row.text)));
        Map<String, List<Row>> byDisguise = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.attack && plain.containsKey(row.base))
                .forEach(row -> byDisguise
                        .computeIfAbsent(row.disguise, any -> new ArrayList<>())
                        .add(row));
        System.out.printf("%-16s %5s %6s %9s %6s%n", "disguise", "rows", "plain", "disguised", "ratio");
        byDisguise.forEach((disguise, all) -> {
            long expected = all.stream()
                    .filter(row -> plain.getOrDefault(row.base, false))
                    .count();
            long found = all.stream().filter(row -> fires(row.text)).count();
            long same = all.stream()
                    .filter(row -> plain.getOrDefault(row.base, false) && fires(row.text))
                    .count();
            System.out.printf(
                    "%-16s %5d %5.1f%% %8.1f%% %6.2f   missed:%s%n",
                    disguise,
                    all.size(),
                    100.0 * expected / all.size(),
                    100.0 * found / all.size(),
                    (double) found / expected,
                    same == expected
                            ? " none"
                            : all.stream()
                                    .filter(row -> plain.getOrDefault(row.base, false) && !fires(row.text))
                                    .map(row -> " " + row.id)
                                    .reduce("", String::concat));
        });
    }

    private void falseAlarms(List<Row> rows) {
        List<Row> harmless = rows.stream().filter(row -> !row.attack).toList();
        int before = 0;
        int after = 0;
        double longest = 1;
        Map<ViewKind, Integer> texts = new LinkedHashMap<>();
        for (Row row : harmless) {
            List<TextView> all = views.ofInput(row.text);
            all.stream().map(TextView::kind).distinct().forEach(kind -> texts.merge(kind, 1, Integer::sum));
            long characters =
                    all.stream().mapToLong(view -> view.text().length()).sum();
            longest = Math.max(longest, (double) characters / Math.max(1_000, row.text.length()));
            boolean plainly = fires(all.subList(0, 1));
            before += plainly ? 1 : 0;
            if (fires(all)) {
                after++;
                if (!plainly) {
                    ViewKind by = all.stream()
                            .filter(view -> fires(List.of(view)))
                            .findFirst()
                            .orElseThrow()
                            .kind();
                    System.out.printf("  alarm in %s only: %s (%s)%n", by.wireName(), row.id, row.source);
                }
            }
        }
        System.out.printf(
                "harmless: %,d; alarms: %,d in the plain view (%.2f%%), %,d in all views (%.2f%%); texts with each view: %s; views of a text together up to %.1f times as long%n",
                harmless.size(),
                before,
                100.0 * before / Math.max(1, harmless.size()),
                after,
                100.0 * after / Math.max(1, harmless.size()),
                texts,
                longest);
    }

    private boolean fires(String text) {
        return fires(views.ofInput(text));
    }

    private boolean fires(List<TextView> seen) {
        return !TextScan.run(seen, rules, rule -> Action.BLOCK).isEmpty();
    }

    /** One labelled text. */
    private record Row(String id, String text, boolean attack, String base, String disguise, String source) {

        static List<Row> read(Path file) throws IOException {
            List<Row> rows = new ArrayList<>();
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    rows.add(of(line));
                }
            }
            return rows;
        }

        private static Row of(String line) throws IOException {
            try {
                Map<String, ?> fields = Json.parseObject(line);
                return new Row(
                        text(fields, "id"),
                        text(fields, "text"),
                        text(fields, "label").equals("1"),
                        text(fields, "base"),
                        text(fields, "obf"),
                        text(fields, "source"));
            } catch (MalformedJsonException malformed) {
                throw new IOException("a line is no JSON object", malformed);
            }
        }

        private static String text(Map<String, ?> fields, String name) {
            return fields.containsKey(name) ? String.valueOf(fields.get(name)) : "";
        }
    }
}
