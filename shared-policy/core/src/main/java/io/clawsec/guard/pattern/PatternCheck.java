package io.clawsec.guard.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/** Says whether a pattern is one: RE2/J's parser is the judge of the syntax, for it is what authors know. */
final class PatternCheck {

    /** States of one program as RE2/J counts them; a matcher's time grows with them. */
    private static final int MAX_PROGRAM_SIZE = 4_000;

    /**
     * Positions of one pattern with its repeats written out, as RE2/J writes them before it counts its states: of
     * repeats within repeats it would run out of memory or stack. Alternatives may shrink, hence more than states.
     */
    private static final int MAX_POSITIONS = 20_000;

    private static final List<String> LOOKAROUND = List.of("(?=", "(?!", "(?<=", "(?<!");

    private PatternCheck() {}

    /** The states of its program; throws {@link PatternRefusedException} with the reason why it cannot be used. */
    static int check(PatternSpec spec) {
        for (String marker : LOOKAROUND) {
            if (spec.regex().contains(marker)) {
                throw new PatternRefusedException(spec.id(), "lookaround cannot be matched in linear time");
            }
        }
        Regex tree = spec.parsed(); // first, for it refuses what RE2/J would be at for ever
        if (tree.size() > MAX_POSITIONS) {
            throw new PatternRefusedException(
                    spec.id(), "the pattern has more than " + MAX_POSITIONS + " positions, its repeats written out");
        }
        int states;
        try {
            states = Pattern.compile(spec.regex()).programSize();
            if (states > MAX_PROGRAM_SIZE) {
                throw new PatternRefusedException(
                        spec.id(), "the pattern compiles to more than " + MAX_PROGRAM_SIZE + " states");
            }
        } catch (PatternSyntaxException refused) {
            throw new PatternRefusedException(spec.id(), reason(refused));
        }
        if (tree.nullable()) {
            throw new PatternRefusedException(spec.id(), "the pattern matches the empty text");
        }
        if (tree.loopsOnNothing()) {
            throw new PatternRefusedException(spec.id(), "what is repeated without end may be empty");
        }
        return states;
    }

    /** RE2/J's description without the pattern's own text, but for the short operator that is at fault. */
    private static String reason(PatternSyntaxException refused) {
        String description = refused.getDescription();
        return description.startsWith("invalid escape")
                ? "an escape that RE2 does not know (backreferences cannot be matched in linear time)"
                : description;
    }
}
