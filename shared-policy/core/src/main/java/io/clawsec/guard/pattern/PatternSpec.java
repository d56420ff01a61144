package io.clawsec.guard.pattern;

import java.util.List;

/**
 * One pattern as its author wrote it.
 *
 * @param id what a refusal names; several patterns may share one
 * @param regex RE2 syntax: no lookaround, no backreferences. Where it has a group named {@code value}, that group is
 *     the span that is reported, and a match in which the group takes no part is passed over: so a pattern can name
 *     what only looks like it. Without the group the whole match is the span
 * @param keywords literals of which every match holds at least one, in any case; {@code #} stands for any digit.
 *     None: the pattern runs on every text
 * @param also a second such list; both must be met
 * @param maxLength characters within which a match is decided, {@link #MIN_MAX_LENGTH} at least: one that may still
 *     match then counts as one that has, and goes on as far as it can go on
 */
public record PatternSpec(String id, String regex, List<String> keywords, List<String> also, int maxLength) {

    /** The least bound of a match. */
    public static final int MIN_MAX_LENGTH = 128;

    public PatternSpec {
        keywords = List.copyOf(keywords);
        also = List.copyOf(also);
        checkKeywords(keywords);
        checkKeywords(also);
        if (maxLength < MIN_MAX_LENGTH) {
            throw new IllegalArgumentException("a match is decided within " + MIN_MAX_LENGTH + " characters or more");
        }
    }

    private static void checkKeywords(List<String> keywords) {
        for (String keyword : keywords) {
            if (keyword.isEmpty() || !isAscii(keyword)) {
                throw new IllegalArgumentException("a keyword is ASCII and not empty");
            }
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The pattern's tree; a {@link PatternRefusedException} where it is none. */
    Regex parsed() {
        try {
            return RegexParser.parse(regex);
        } catch (RegexSyntaxException refused) {
            throw new PatternRefusedException(id, String.valueOf(refused.getMessage()));
        }
    }
}
