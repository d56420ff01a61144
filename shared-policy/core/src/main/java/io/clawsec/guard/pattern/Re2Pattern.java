package io.clawsec.guard.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/**
 * One pattern run by RE2/J, in time linear in the text (Cox, "Regular Expression Matching in the Wild", 2010).
 *
 * @param program the compiled pattern
 * @param valueGroup the group to report: {@code value}, or 0 for the whole match
 */
record Re2Pattern(Pattern program, int valueGroup) {

    /** A match that was turned down is searched again only if it is this short, which keeps the scan linear. */
    private static final int MAX_RETRY_CHARACTERS = 64;

    /** States of one program; RE2/J's time grows with them. */
    private static final int MAX_PROGRAM_SIZE = 4_000;

    private static final String VALUE_GROUP = "value";
    private static final List<String> LOOKAROUND = List.of("(?=", "(?!", "(?<=", "(?<!");

    static Re2Pattern compile(PatternSpec spec) {
        for (String marker : LOOKAROUND) {
            if (spec.regex().contains(marker)) {
                throw new PatternRefusedException(spec.id(), "lookaround cannot be matched in linear time");
            }
        }
        try {
            Pattern program = Pattern.compile(spec.regex());
            if (program.programSize() > MAX_PROGRAM_SIZE) {
                throw new PatternRefusedException(
                        spec.id(), "the pattern compiles to more than " + MAX_PROGRAM_SIZE + " states");
            }
            if (program.matches("")) {
                throw new PatternRefusedException(spec.id(), "the pattern matches the empty text");
            }
            return new Re2Pattern(program, program.namedGroups().getOrDefault(VALUE_GROUP, 0));
        } catch (PatternSyntaxException refused) {
            throw new PatternRefusedException(spec.id(), reason(refused));
        }
    }

    /** Reports each match of this pattern under the number. */
    void scan(String text, int number, PatternSet.Sink sink) {
        Matcher matcher = program.matcher(text);
        int from = 0;
        while (from < text.length() && matcher.find(from)) {
            int start = matcher.start(valueGroup);
            int end = matcher.end(valueGroup);
            boolean passedOver = start < 0;
            boolean done = passedOver || start == end || sink.found(number, start, end);
            from = done ? matcher.end() : resume(text, matcher.start(), matcher.end());
        }
    }

    /** Where to go on after a match that was turned down: its next word, or behind it if it is long. */
    private static int resume(String text, int start, int end) {
        if (end - start > MAX_RETRY_CHARACTERS) {
            return end;
        }
        for (int at = start + 1; at < end; at++) {
            if (Character.isLetterOrDigit(text.charAt(at)) && !Character.isLetterOrDigit(text.charAt(at - 1))) {
                return at;
            }
        }
        return end;
    }

    /** RE2/J's description without the pattern's own text, but for the short operator that is at fault. */
    private static String reason(PatternSyntaxException refused) {
        String description = refused.getDescription();
        return description.startsWith("invalid escape")
                ? "an escape that RE2 does not know (backreferences cannot be matched in linear time)"
                : description;
    }
}
