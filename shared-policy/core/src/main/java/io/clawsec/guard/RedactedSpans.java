package io.clawsec.guard;

import io.clawsec.guard.rule.ContextWords;
import io.clawsec.guard.rule.Rule;
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
    private static final int MAX_LABEL = 32;

    private final String text;
    private final TreeMap<Integer, Span> byStart = new TreeMap<>();

    private record Span(int end, String label) {}

    /** Starts with the placeholders that the text already holds. */
    RedactedSpans(String text) {
        this.text = text;
        int at = text.indexOf(PLACEHOLDER_END);
        while (at >= 0) {
            int start = at;
            while (start > 0 && at - start < MAX_LABEL && isLabel(text.charAt(start - 1))) {
                start--;
            }
            if (start > 0 && start < at && text.charAt(start - 1) == '[') {
                byStart.put(start - 1, new Span(at + PLACEHOLDER_END.length(), text.substring(start, at)));
            }
            at = text.indexOf(PLACEHOLDER_END, at + 1);
        }
    }

    /** Whether the span lies wholly within one placeholder. */
    boolean contains(int start, int end) {
        Map.Entry<Integer, Span> left = byStart.floorEntry(start);
        return left != null && end <= left.getValue().end();
    }

    void add(Candidate candidate) {
        byStart.merge(
                candidate.start(),
                new Span(candidate.end(), candidate.rule().label()),
                (old, added) -> old.end() >= added.end() ? old : added);
    }

    /** Whether one of the rule's words is near the span. */
    boolean hasContext(Rule rule, ContextWords words, int start, int end) {
        int from = Math.max(0, start - Rule.CONTEXT_CHARACTERS);
        int to = Math.min(text.length(), end + Rule.CONTEXT_CHARACTERS);
        Map.Entry<Integer, Span> left = byStart.lowerEntry(start);
        if (left != null && left.getValue().end() > from) {
            if (left.getValue().label().equals(rule.label())) {
                return true;
            }
            from = Math.min(start, left.getValue().end());
        }
        Integer right = byStart.ceilingKey(end);
        return words.presentIn(text, from, right == null ? to : Math.min(to, right));
    }

    private static boolean isLabel(char character) {
        return (character >= 'A' && character <= 'Z') || (character >= '0' && character <= '9') || character == '_';
    }
}
