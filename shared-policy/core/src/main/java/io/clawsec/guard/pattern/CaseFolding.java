package io.clawsec.guard.pattern;

import java.util.HashMap;
import java.util.Map;

/** Which code points a case-blind pattern takes for the same: those of one simple case folding (Unicode, CaseFolding.txt). */
final class CaseFolding {

    /**
     * Where no code point has a case: from Hebrew to Myanmar, Hangul's letters and Ethiopic, from Canadian syllabics to
     * Vedic signs but for two blocks, Han and Hangul, Arabic's forms, cuneiform and hieroglyphs, Tangut to musical and
     * mathematical signs, and all above the first supplementary plane.
     */
    static final int[] CASELESS = {
        0x590,
        0x109F,
        0x1100,
        0x139F,
        0x1400,
        0x1C7F,
        0x2E00,
        0xA63F,
        0xAC00,
        0xFAFF,
        0xFB50,
        0xFEFF,
        0x12000,
        0x167FF,
        0x17000,
        0x1DEFF,
        0x1F000,
        CodePoints.LAST
    };

    private static final int ASCII = 128;
    /** From a capital to its small letter. */
    private static final int CASE = 'a' - 'A';

    private static final int LONG_S = 0x17F;
    private static final int KELVIN = 0x212A;

    /** Code points whose foldings RE2/J 1.8 follows in a circle that never comes back to them. */
    private static final CodePoints ENDLESS_IN_RE2 = CodePoints.ofRanges(0x1C80, 0x1C88);

    /** From the first to the last letter that RE2/J folds; a range of all of them it takes as it is. */
    private static final int FIRST_FOLDED = 'A';

    private static final int LAST_FOLDED = 0x1E943;

    private CaseFolding() {}

    /** The range, closed, as a pattern names it; a {@link RegexSyntaxException} where RE2/J would not come to an end. */
    static CodePoints closeRange(int first, int last) {
        boolean all = first <= FIRST_FOLDED && last >= LAST_FOLDED;
        if (!all && first <= ENDLESS_IN_RE2.last(0) && last >= ENDLESS_IN_RE2.first(0)) {
            throw new RegexSyntaxException("U+1C80 to U+1C88 cannot be matched in any case");
        }
        return close(CodePoints.ofRanges(first, last));
    }

    /** The set with every code point that folds to the same as one of its own. */
    static CodePoints close(CodePoints set) {
        CodePoints.Collector closed = new CodePoints.Collector().add(set);
        for (int range = 0; range < set.ranges(); range++) {
            addSameAsAscii(set.first(range), set.last(range), closed);
            for (int codePoint = Math.max(ASCII, set.first(range)); codePoint <= set.last(range); codePoint++) {
                int caseless = caselessUntil(codePoint);
                if (caseless >= 0) {
                    codePoint = caseless;
                } else {
                    addSame(codePoint, closed);
                }
            }
        }
        return closed.set();
    }

    private static int caselessUntil(int codePoint) {
        for (int i = 0; i < CASELESS.length; i += 2) {
            if (codePoint >= CASELESS[i] && codePoint <= CASELESS[i + 1]) {
                return CASELESS[i + 1];
            }
        }
        return -1;
    }

    private static void addSame(int codePoint, CodePoints.Collector closed) {
        int folded = fold(codePoint);
        int upper = Character.toUpperCase(codePoint);
        for (int same : new int[] {folded, upper, Character.toTitleCase(codePoint)}) {
            if (same != codePoint) {
                closed.add(same, same);
            }
        }
        int[] others = Rare.OTHERS.get(folded);
        if (others != null) {
            for (int other : others) {
                closed.add(other, other);
            }
        }
    }

    /** Adds what is the same as the ASCII letters of a range. */
    private static void addSameAsAscii(int first, int last, CodePoints.Collector closed) {
        addOtherCase(Math.max(first, 'A'), Math.min(last, 'Z'), CASE, closed);
        addOtherCase(Math.max(first, 'a'), Math.min(last, 'z'), -CASE, closed);
        if (hasLetter(first, last, 's')) {
            closed.add(LONG_S, LONG_S);
        }
        if (hasLetter(first, last, 'k')) {
            closed.add(KELVIN, KELVIN);
        }
    }

    private static void addOtherCase(int first, int last, int distance, CodePoints.Collector closed) {
        if (first <= last) {
            closed.add(first + distance, last + distance);
        }
    }

    private static boolean hasLetter(int first, int last, char lower) {
        return (first <= lower && lower <= last) || (first <= lower - CASE && lower - CASE <= last);
    }

    static int fold(int codePoint) {
        return Character.toLowerCase(Character.toUpperCase(codePoint));
    }

    /** Code points that no mapping leads to from the others of their folding, such as the final sigma. */
    private static final class Rare {

        private static final int END_OF_CASED = 0x1F000;

        private static final Map<Integer, int[]> OTHERS = others();

        private static Map<Integer, int[]> others() {
            Map<Integer, int[]> others = new HashMap<>();
            for (int codePoint = ASCII; codePoint < END_OF_CASED; codePoint++) {
                int caseless = caselessUntil(codePoint);
                if (caseless >= 0) {
                    codePoint = caseless;
                    continue;
                }
                int folded = fold(codePoint);
                if (folded != codePoint && Character.toUpperCase(folded) != codePoint) {
                    others.merge(folded, new int[] {codePoint}, Rare::join);
                }
            }
            return others;
        }

        private static int[] join(int[] left, int[] right) {
            int[] joined = java.util.Arrays.copyOf(left, left.length + right.length);
            System.arraycopy(right, 0, joined, left.length, right.length);
            return joined;
        }
    }
}
