package io.clawsec.guard.rule;

import java.util.List;

/**
 * One thing the guard looks for: patterns, what must confirm a match, and what a match leads to.
 *
 * @param id lower-case words with dashes, such as {@code openai-api-key}; stable, for it is in audit events
 * @param category what it looks for
 * @param action what a match in an input leads to; in an output, secrets and personal data are always redacted
 * @param severity where findings overlap, the worst names the span
 * @param label the placeholder's first word, such as {@code SSN}; several rules may share one
 * @param description one sentence for people
 * @param patterns RE2 syntax, at least one; a group named {@code value} is the span, else the whole match is
 * @param keywords literals of which every match holds at least one; empty: none known
 * @param also a second such list, both of which must be met; empty: none needed
 * @param context words of which one must stand within {@link #CONTEXT_CHARACTERS} of the span; empty: none needed
 * @param unlessBefore openings of a question or a quotation: a match right after one may be talk about an attack, and then
 *     it does not count; empty: every match counts
 * @param validator confirms the span
 * @param maxLength characters within which a match is decided; what goes on past it belongs to the span
 * @param references where the format is described
 * @param examples texts for tests and people
 */
public record Rule(
        String id,
        Category category,
        Action action,
        Severity severity,
        String label,
        String description,
        List<String> patterns,
        List<String> keywords,
        List<String> also,
        List<String> context,
        List<String> unlessBefore,
        Validator validator,
        int maxLength,
        List<String> references,
        Examples examples) {

    /** How far from a span a context word may stand; an output stream holds back this much. */
    public static final int CONTEXT_CHARACTERS = 64;

    /** The shortest {@code maxLength}. */
    public static final int MIN_MATCH_CHARACTERS = 128;

    /** The longest {@code maxLength}: a private key with its armour. */
    public static final int MAX_MATCH_CHARACTERS = 16_384;

    public Rule {
        patterns = List.copyOf(patterns);
        keywords = List.copyOf(keywords);
        also = List.copyOf(also);
        context = List.copyOf(context);
        unlessBefore = List.copyOf(unlessBefore);
        references = List.copyOf(references);
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("rule " + id + " has no pattern");
        }
        if (maxLength < MIN_MATCH_CHARACTERS || maxLength > MAX_MATCH_CHARACTERS) {
            throw new IllegalArgumentException("rule " + id + ": max_length is out of range");
        }
    }

    /** What the span is replaced by. */
    public String placeholder() {
        return "[" + label + "-REDACTED]";
    }

    /** Shows the id only: a pattern's source goes into no log. */
    @Override
    public String toString() {
        return "Rule[" + id + "]";
    }

    /**
     * Texts that show what a rule is for.
     *
     * @param match each must fire the rule
     * @param noMatch none may fire it
     */
    public record Examples(List<String> match, List<String> noMatch) {
        public Examples {
            match = List.copyOf(match);
            noMatch = List.copyOf(noMatch);
        }
    }
}
