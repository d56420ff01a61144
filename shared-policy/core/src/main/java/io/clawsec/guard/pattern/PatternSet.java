package io.clawsec.guard.pattern;

import java.util.List;

/** Many patterns compiled into one matcher whose time is linear in the text. Immutable. */
public interface PatternSet {

    /**
     * Reports every match of every pattern, in no particular order; matches of one pattern do not overlap unless
     * {@code sink} turned one down.
     */
    void scan(String text, Sink sink);

    /**
     * Compiles the patterns, whose places in the list are their numbers. It may put off the work, so a pattern that
     * {@link #check} would refuse may be refused only when it is first needed.
     */
    static PatternSet compile(List<PatternSpec> specs) {
        return new Re2PatternSet(specs);
    }

    /** Throws {@link PatternRefusedException} if the pattern cannot be matched in linear time or is malformed. */
    static void check(PatternSpec spec) {
        Re2Pattern.compile(spec);
    }

    /** Takes the matches as they are found. */
    @FunctionalInterface
    interface Sink {

        /**
         * One match.
         *
         * @param pattern the pattern's number
         * @param start first character of the span
         * @param end one past the last
         * @return whether it counts: after one that does not, the search goes on inside it, for a number that fails
         *     its checksum may hide one that does not
         */
        boolean found(int pattern, int start, int end);
    }
}
