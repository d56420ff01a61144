package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.ContextWords;
import io.clawsec.guard.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The spans of one text that are placeholders, or will be.
 *
 * <p>A context word is looked for only up to the next of them on either side, and a placeholder counts as context for
 * its own kind. So a number is judged alike before and after its neighbours are redacted, and redacting a redacted
 * text changes nothing, unless a value was glued to a word that a placeholder then replaced.
 */
final class RedactedSpans {

    private static final String PLACEHOLDER_END = "-REDACTED]";
    private static final int MAX_PLACEHOLDER = 64;

    /** What a placeholder in a text looks like. */
    static final PatternSpec PLACEHOLDER = new PatternSpec(
            "placeholder",
            "\\[[A-Z0-9_]{1,32}-REDACTED\\]",
            List.of(PLACEHOLDER_END.toLowerCase(Locale.ROOT)),
            List.of(),
            PatternSpec.MIN_MAX_LENGTH);

    /** The ends of the placeholders that stand in the text, by their starts. */
    private final TreeMap<Integer, Integer> standing = new TreeMap<>();

    /** These, and the spans to be redacted. */
    private final TreeMap<Integer, Span> byStart = new TreeMap<>();

    private record Span(int end, String label) {}

    /** Whether the span lies wholly within a placeholder that stands in the text. */
    boolean inPlaceholder(int start, int end) {
        Map.Entry<Integer, Integer> left = standing.floorEntry(start);
        return left != null && end <= left.getValue();
    }

    void add(Candidate candidate) {
        add(candidate.start(), candidate.end(), candidate.rule().label());
    }

    /** Adds a placeholder that stands in the text. */
    void addPlaceholder(int start, int end, String placeholder) {
        standing.put(start, end);
        add(start, end, placeholder.substring(1, placeholder.length() - PLACEHOLDER_END.length()));
    }

    private void add(int start, int end, String label) {
        byStart.merge(start, new Span(end, label), RedactedSpans::longer);
    }

    /** The longer one; of two alike one by its label, for which of them comes first must not matter. */
    private static Span longer(Span one, Span other) {
        if (one.end() != other.end()) {
            return one.end() > other.end() ? one : other;
        }
        return one.label().compareTo(other.label()) >= 0 ? one : other;
    }

    /** Forgets the spans that end before the place. */
    void forget(int place) {
        while (!byStart.isEmpty() && byStart.firstEntry().getValue().end() < place) {
            byStart.pollFirstEntry();
        }
        standing.headMap(place - MAX_PLACEHOLDER).clear();
    }

    /**
     * Whether one of the rule's words is near the span.
     *
     * @param text what is known of the text
     * @param base the place of its first character
     */
    boolean hasContext(Rule rule, ContextWords words, CharSequence text, int base, int start, int end) {
        int from = Math.max(base, start - Rule.CONTEXT_CHARACTERS);
        int to = Math.min(base + text.length(), end + Rule.CONTEXT_CHARACTERS);
        Map.Entry<Integer, Span> left = byStart.lowerEntry(start);
        if (left != null && left.getValue().end() > from) {
            if (left.getValue().label().equals(rule.label())) {
                return true;
            }
            from = Math.min(start, left.getValue().end());
        }
        Integer right = byStart.ceilingKey(end);
        int limit = right == null ? to : Math.min(to, right);
        return words.presentIn(text, from - base, limit - base);
    }
}
