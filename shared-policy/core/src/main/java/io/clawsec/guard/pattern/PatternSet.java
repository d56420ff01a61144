package io.clawsec.guard.pattern;

import java.util.List;

/** Many patterns compiled into one matcher whose time is linear in the text. Immutable. */
public interface PatternSet {

    /**
     * Reports every match of every pattern that may count, in no particular order; matches of one pattern do not overlap
     * unless {@code sink} turned one down.
     */
    void scan(String text, Sink sink);

    /**
     * What finding the spans in a text costs beyond reading it: steps, the same number on every machine. It throws where
     * {@link #scan} would.
     */
    default long work(String text) {
        return 0;
    }

    /**
     * Starts on a text that comes in pieces: it reports the same matches as {@link #scan} does of the whole, each as
     * soon as it is certain.
     */
    PatternStream stream(Sink sink);

    /** Compiles the patterns, whose places in the list are their numbers; {@link #check} says which it refuses. */
    static PatternSet compile(List<PatternSpec> specs) {
        return new AutomatonPatternSet(specs);
    }

    /**
     * Throws {@link PatternRefusedException} if the pattern cannot be matched in linear time or is malformed.
     *
     * @return its states as RE2/J counts them: what it adds to a matcher's size
     */
    static int check(PatternSpec spec) {
        return PatternCheck.check(spec);
    }

    /** Takes the matches as they are found. */
    @FunctionalInterface
    interface Sink {

        /**
         * Whether a match of the pattern could count, asked by {@link #scan} where it knows that there is one somewhere
         * and before it looks for its span. It asks again of those that could not, once it has reported all others.
         *
         * @param characters how many it has to look at
         */
        default boolean mayCount(int pattern, int characters) {
            return true;
        }

        /**
         * One match.
         *
         * @param pattern the pattern's number
         * @param start first character of the span
         * @param end one past the last, or past the last within the pattern's bound
         * @return whether it counts: after one that does not, the search goes on inside it, for a number that fails
         *     its checksum may hide one that does not
         */
        boolean found(int pattern, int start, int end);

        /**
         * A match that was found up to its pattern's bound, and counts, goes on; told once its end is known, before the
         * pattern's next match.
         *
         * @param start the span that was found before, by its first character
         * @param end one past the last
         */
        default void extended(int pattern, int start, int end) {}
    }
}
