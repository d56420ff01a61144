package io.clawsec.guard.pattern;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/** The code points of {@code \p{...}}: a general category, its first letter alone, a script, or {@code Any}. */
final class UnicodeProperty {

    private static final Map<String, CodePoints> KNOWN = new ConcurrentHashMap<>();
    private static final Map<String, Integer> CATEGORIES = Map.ofEntries(
            Map.entry("Lu", 1 << Character.UPPERCASE_LETTER),
            Map.entry("Ll", 1 << Character.LOWERCASE_LETTER),
            Map.entry("Lt", 1 << Character.TITLECASE_LETTER),
            Map.entry("Lm", 1 << Character.MODIFIER_LETTER),
            Map.entry("Lo", 1 << Character.OTHER_LETTER),
            Map.entry("Mn", 1 << Character.NON_SPACING_MARK),
            Map.entry("Me", 1 << Character.ENCLOSING_MARK),
            Map.entry("Mc", 1 << Character.COMBINING_SPACING_MARK),
            Map.entry("Nd", 1 << Character.DECIMAL_DIGIT_NUMBER),
            Map.entry("Nl", 1 << Character.LETTER_NUMBER),
            Map.entry("No", 1 << Character.OTHER_NUMBER),
            Map.entry("Zs", 1 << Character.SPACE_SEPARATOR),
            Map.entry("Zl", 1 << Character.LINE_SEPARATOR),
            Map.entry("Zp", 1 << Character.PARAGRAPH_SEPARATOR),
            Map.entry("Cc", 1 << Character.CONTROL),
            Map.entry("Cf", 1 << Character.FORMAT),
            Map.entry("Co", 1 << Character.PRIVATE_USE),
            Map.entry("Cs", 1 << Character.SURROGATE),
            Map.entry("Pd", 1 << Character.DASH_PUNCTUATION),
            Map.entry("Ps", 1 << Character.START_PUNCTUATION),
            Map.entry("Pe", 1 << Character.END_PUNCTUATION),
            Map.entry("Pc", 1 << Character.CONNECTOR_PUNCTUATION),
            Map.entry("Po", 1 << Character.OTHER_PUNCTUATION),
            Map.entry("Pi", 1 << Character.INITIAL_QUOTE_PUNCTUATION),
            Map.entry("Pf", 1 << Character.FINAL_QUOTE_PUNCTUATION),
            Map.entry("Sm", 1 << Character.MATH_SYMBOL),
            Map.entry("Sc", 1 << Character.CURRENCY_SYMBOL),
            Map.entry("Sk", 1 << Character.MODIFIER_SYMBOL),
            Map.entry("So", 1 << Character.OTHER_SYMBOL));

    private UnicodeProperty() {}

    /** The property's code points, or empty where there is no such property. */
    static Optional<CodePoints> named(String name) {
        CodePoints known = KNOWN.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<CodePoints> found = find(name);
        found.ifPresent(set -> KNOWN.put(name, set));
        return found;
    }

    /**
     * What this Java's Unicode does not assign. RE2/J's may, so a set that names a property is widened by these: the
     * automaton may let too much through to the confirmation, never too little.
     */
    static CodePoints unassigned() {
        return KNOWN.computeIfAbsent("Cn", name -> scan(point -> Character.getType(point) == Character.UNASSIGNED));
    }

    private static Optional<CodePoints> find(String name) {
        if (name.equals("Any")) {
            return Optional.of(CodePoints.ALL);
        }
        int types = CATEGORIES.entrySet().stream()
                .filter(category -> category.getKey().equals(name)
                        || (name.length() == 1 && category.getKey().startsWith(name)))
                .mapToInt(Map.Entry::getValue)
                .reduce(0, (left, right) -> left | right);
        if (types != 0) {
            return Optional.of(scan(point -> (types >>> Character.getType(point) & 1) != 0));
        }
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(name);
            return Optional.of(scan(point -> Character.UnicodeScript.of(point) == script));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static CodePoints scan(IntPredicate member) {
        CodePoints.Collector members = new CodePoints.Collector();
        int first = -1;
        for (int point = 0; point <= CodePoints.LAST + 1; point++) {
            boolean in = point <= CodePoints.LAST && member.test(point);
            if (in && first < 0) {
                first = point;
            } else if (!in && first >= 0) {
                members.add(first, point - 1);
                first = -1;
            }
        }
        return members.set();
    }
}
