package io.clawsec.guard.pattern;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The code points of {@code \p{...}}: a general category, its first letter alone, a script, or {@code Any}. */
final class UnicodeProperty {

    private static final Map<String, CodePoints> KNOWN = new ConcurrentHashMap<>();
    private static final Map<String, CodePoints> IN_ANY_CASE = new ConcurrentHashMap<>();
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

    /**
     * First and last of ranges within which all are of one category and one script and will stay so: ideographs,
     * Hangul, surrogates, what is for private use, Tangut; and the planes that nothing is in.
     */
    static final int[] UNIFORM = {
        0x3400, 0x4DBF, 0x4E00, 0x9FFC, 0xAC00, 0xD7A3, 0xD800, 0xDFFF, 0xE000, 0xF8FF, 0x17000, 0x187F7, 0x20000,
        0x2A6D6, 0x2A700, 0x2B734, 0x2B820, 0x2CEA1, 0x2CEB0, 0x2EBE0, 0x30000, 0x3134A, 0x40000, 0xDFFFF, 0xF0000,
        0xFFFFD, 0x100000, 0x10FFFD
    };

    private UnicodeProperty() {}

    /** The property's code points, or empty where there is no such property. */
    static Optional<CodePoints> named(String name) {
        CodePoints known = KNOWN.get(name);
        if (known == null) {
            known = find(name);
            if (known != null) {
                KNOWN.put(name, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /** A named property's code points and those that differ from one of them in case alone. */
    static CodePoints inAnyCase(String name, CodePoints named) {
        CodePoints known = IN_ANY_CASE.get(name);
        if (known == null) {
            known = CaseFolding.close(named);
            IN_ANY_CASE.put(name, known);
        }
        return known;
    }

    /**
     * What this Java's Unicode does not assign. RE2/J's may, so a set that names a property is widened by these: the
     * automaton may let too much through to the confirmation, never too little.
     */
    static CodePoints unassigned() {
        return Categories.UNASSIGNED;
    }

    private static @Nullable CodePoints find(String name) {
        if (name.equals("Any")) {
            return CodePoints.ALL;
        }
        int types = 0;
        for (Map.Entry<String, Integer> category : CATEGORIES.entrySet()) {
            boolean group = name.length() == 1 && category.getKey().startsWith(name);
            types |= group || category.getKey().equals(name) ? category.getValue() : 0;
        }
        if (types != 0) {
            return Categories.ALL.of(types);
        }
        try {
            return ofScript(Character.UnicodeScript.forName(name));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static CodePoints ofScript(Character.UnicodeScript script) {
        CodePoints.Collector members = new CodePoints.Collector();
        int uniform = 0;
        for (int point = 0; point <= CodePoints.LAST; point++) {
            int first = point;
            if (uniform < UNIFORM.length && point == UNIFORM[uniform]) {
                point = UNIFORM[uniform + 1];
                uniform += 2;
            }
            if (Character.UnicodeScript.of(first) == script) {
                members.add(first, point);
            }
        }
        return members.set();
    }

    /** The stretches of one category each, for all categories at once: asking for all code points takes its time. */
    private static final class Categories {

        private static final Categories ALL = new Categories();
        static final CodePoints UNASSIGNED = ALL.of(1 << Character.UNASSIGNED);

        private int[] starts = new int[4_096];
        private byte[] types = new byte[4_096];
        private int count;

        private Categories() {
            int last = -1;
            int uniform = 0;
            for (int point = 0; point <= CodePoints.LAST; point++) {
                int type = Character.getType(point);
                if (type != last) {
                    add(point, type);
                    last = type;
                }
                if (uniform < UNIFORM.length && point == UNIFORM[uniform]) {
                    point = UNIFORM[uniform + 1];
                    uniform += 2;
                }
            }
        }

        private void add(int start, int type) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
                types = Arrays.copyOf(types, 2 * count);
            }
            starts[count] = start;
            types[count++] = (byte) type;
        }

        CodePoints of(int categories) {
            CodePoints.Collector members = new CodePoints.Collector();
            for (int i = 0; i < count; i++) {
                if ((categories >>> types[i] & 1) != 0) {
                    members.add(starts[i], i + 1 < count ? starts[i + 1] - 1 : CodePoints.LAST);
                }
            }
            return members.set();
        }
    }
}
