package io.clawsec.admin;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.settings.ChangeResult.Difference;
import io.clawsec.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the audit keeps of a change: old and new values, of secrets that they changed. */
final class AuditedChanges {

    /** Characters of a value; an event's length is bounded. */
    private static final int LONGEST_VALUE = 1000;

    /** Rules whose modes are told one by one. */
    private static final int MOST_RULES = 200;

    private static final String AS_ITS_CATEGORY = "as its category";

    private AuditedChanges() {}

    static Map<String, Object> of(Map<Setting, Difference> differences) {
        Map<String, Object> changes = new TreeMap<>();
        differences.forEach((setting, difference) -> changes.put(
                setting.field(),
                switch (setting) {
                    case API_KEY -> "changed";
                    case API_URL -> fromTo(withoutQuery(difference.before()), withoutQuery(difference.after()));
                    case MODES -> modes((Map<?, ?>) difference.before(), (Map<?, ?>) difference.after());
                    default -> fromTo(bounded(difference.before()), bounded(difference.after()));
                }));
        return changes;
    }

    /** In this order in every process. */
    private static Map<String, Object> fromTo(Object before, Object after) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("from", before);
        ordered.put("to", after);
        return ordered;
    }

    /** Some backends take a key in the query. */
    private static String withoutQuery(Object url) {
        String text = String.valueOf(url);
        int query = text.indexOf('?');
        return (String) bounded(query < 0 ? text : text.substring(0, query));
    }

    private static Object bounded(Object value) {
        if (value instanceof Boolean || value instanceof Long) {
            return value;
        }
        String text = value instanceof List<?> items
                ? String.join(", ", items.stream().map(String::valueOf).toList())
                : String.valueOf(value);
        return text.length() <= LONGEST_VALUE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST_VALUE) - 1)) + "…";
    }

    /** Only the rules and categories whose mode is another one now. */
    private static Map<String, Object> modes(Map<?, ?> before, Map<?, ?> after) {
        TreeSet<String> rules = new TreeSet<>();
        before.keySet().forEach(rule -> rules.add(String.valueOf(rule)));
        after.keySet().forEach(rule -> rules.add(String.valueOf(rule)));
        Map<String, Object> changed = new TreeMap<>();
        int more = 0;
        for (String rule : rules) {
            String old = mode(before, rule);
            String now = mode(after, rule);
            if (!old.equals(now) && changed.size() < MOST_RULES) {
                changed.put(rule, fromTo(old, now));
            } else if (!old.equals(now)) {
                more++;
            }
        }
        if (more > 0) {
            changed.put("and_more", more);
        }
        return changed;
    }

    /** A rule that is not named is as its category is, where a category is named at all; which, its pack says. */
    private static String mode(Map<?, ?> modes, String name) {
        Object mode = modes.get(name);
        if (mode != null) {
            return String.valueOf(mode);
        }
        boolean ofCategory = Category.of(name).isEmpty()
                && modes.keySet().stream()
                        .anyMatch(other -> Category.of(String.valueOf(other)).isPresent());
        return ofCategory ? AS_ITS_CATEGORY : RuleMode.ENFORCE.wireName();
    }
}
