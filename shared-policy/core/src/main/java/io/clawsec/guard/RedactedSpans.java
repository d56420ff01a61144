package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.ContextWords;
import io.clawsec.guard.rule.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one text that are placeholders, or will be.
 *
 * <p>A context word is looked for only up to the next of them on either side, and a placeholder counts as context for
 * its own kind. So a number is judged alike before and after its neighbours are redacted, and redacting a redacted
 * text changes nothing, unless a value was glued to a word that a placeholder then replaced, a pattern reached over one,
 * or a match too long to be searched again hid another.
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

    /** These, and the spans to be redacted, those that overlap as one. */
    private final TreeMap<Integer, Span> byStart = new TreeMap<>();

    private static final Silence NOWHERE = new Silence(0, 0);

    /** For each rule, by its id, where its words were last looked for in vain. */
    private final Map<String, Silence> silences = new HashMap<>();

    /**
     * A span that will be one placeholder, or is one.
     *
     * @param winner who names it, null where it stands in the text
     */
    private record Span(int end, String label, @Nullable Candidate winner) {

        /** What both are together, to be named as {@link Candidate#merge} names it. */
        Span with(Span other) {
            boolean others = winner == null || (other.winner != null && other.winner.precedes(winner));
            return new Span(Math.max(end, other.end), others ? other.label : label, others ? other.winner : winner);
        }
    }

    /** A stretch of text in which no word of a rule stands. */
    private record Silence(int from, int to) {}

    /** Whether the span lies wholly within a placeholder that stands in the text. */
    boolean inPlaceholder(int start, int end) {
        Map.Entry<Integer, Integer> left = standing.floorEntry(start);
        return left != null && end <= left.getValue();
    }

    void add(Candidate candidate) {
        add(candidate.start(), new Span(candidate.end(), candidate.rule().label(), candidate));
    }

    /** Adds a placeholder that stands in the text; returns its label. */
    String addPlaceholder(int start, int end, String placeholder) {
        standing.put(start, end);
        String label = placeholder.substring(1, placeholder.length() - PLACEHOLDER_END.length());
        add(start, new Span(end, label, null));
        return label;
    }

    private void add(int start, Span added) {
        int from = start;
        Span whole = added;
        Map.Entry<Integer, Span> last = byStart.lowerEntry(whole.end());
        while (last != null && last.getValue().end() > from) {
            from = Math.min(from, last.getKey());
            whole = whole.with(last.getValue());
            byStart.remove(last.getKey());
            last = byStart.lowerEntry(whole.end());
        }
        byStart.put(from, whole);
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
        return isNear(rule, words, text, base, from, limit);
    }

    /** Looks for the words only where the stretch before did not reach: neighbours ask about nearly the same text. */
    private boolean isNear(Rule rule, ContextWords words, CharSequence text, int base, int from, int to) {
        Silence known = silences.getOrDefault(rule.id(), NOWHERE);
        boolean overlaps = known.from <= from && from < known.to;
        if (overlaps && to <= known.to) {
            return false;
        }
        int start = overlaps ? Math.max(from, known.to - words.longest() + 1) : from;
        boolean present = words.presentIn(text, start - base, to - base);
        if (!present) {
            silences.put(rule.id(), new Silence(from, to));
        }
        return present;
    }
}
