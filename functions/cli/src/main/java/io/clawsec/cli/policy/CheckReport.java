package io.clawsec.cli.policy;

import io.clawsec.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check of policy files came to.
 *
 * @param errors each as {@code file:line: reason}
 * @param rules how many rules there are
 * @param examples how many of their examples were tried
 * @param hostile what the hostile texts cost; null where something was wrong already
 */
public record CheckReport(
        List<String> errors,
        int rules,
        int examples,
        @Nullable Cost hostile) {

    public CheckReport {
        errors = List.copyOf(errors);
    }

    /**
     * What texts that are made to cost much have cost.
     *
     * @param texts how many
     * @param slowestText the one that the whole guard took longest for
     * @param slowestMillis how long, on this machine
     * @param costliestRule the rule whose spans cost the most steps to find in one text
     * @param costliestText that text
     * @param costliestSteps the steps; the same number on every machine
     * @param steps of all rules over all texts
     */
    public record Cost(
            int texts,
            String slowestText,
            double slowestMillis,
            String costliestRule,
            String costliestText,
            long costliestSteps,
            long steps) {}

    /** Whether nothing is wrong. */
    public boolean passed() {
        return errors.isEmpty();
    }

    /** For programs. */
    public JsonObject json() {
        JsonObject json = new JsonObject()
                .with("passed", passed())
                .with("errors", errors.stream().map(CheckReport::error).toList())
                .with("rules", rules)
                .with("examples", examples);
        Cost cost = hostile;
        return cost == null
                ? json
                : json.with(
                        "hostile",
                        new JsonObject()
                                .with("texts", cost.texts)
                                .with("slowest_text", cost.slowestText)
                                .with("slowest_milliseconds", cost.slowestMillis)
                                .with("costliest_rule", cost.costliestRule)
                                .with("costliest_text", cost.costliestText)
                                .with("costliest_steps", cost.costliestSteps)
                                .with("steps", cost.steps));
    }

    private static JsonObject error(String error) {
        String[] parts = error.split(":", 3);
        return parts.length == 3 && parts[1].chars().allMatch(Character::isDigit)
                ? new JsonObject()
                        .with("file", parts[0])
                        .with("line", Long.parseLong(parts[1]))
                        .with("message", parts[2].strip())
                : new JsonObject().with("message", error);
    }

    /** For people, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(errors);
        Cost cost = hostile;
        if (cost != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "hostile texts: %d; slowest %.1f ms (%s); costliest rule %s with %,d steps (%s); %,d steps in all",
                    cost.texts,
                    cost.slowestMillis,
                    cost.slowestText,
                    cost.costliestRule,
                    cost.costliestSteps,
                    cost.costliestText,
                    cost.steps));
        }
        lines.add(
                passed()
                        ? rules + " rules and " + examples + " examples are sound"
                        : errors.size() + (errors.size() == 1 ? " error" : " errors"));
        return lines;
    }
}
