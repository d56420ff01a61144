package io.clawsec.guard.pattern;

/** A condition between two characters. Words are ASCII, as in RE2. */
enum Assertion {
    TEXT_START,
    TEXT_END,
    LINE_START,
    LINE_END,
    WORD_BOUNDARY,
    NO_WORD_BOUNDARY;

    /** Whether it holds between the two neighbours. */
    boolean holds(Neighbour before, Neighbour after) {
        return switch (this) {
            case TEXT_START -> before == Neighbour.NOTHING;
            case TEXT_END -> after == Neighbour.NOTHING;
            case LINE_START -> before == Neighbour.NOTHING || before == Neighbour.NEWLINE;
            case LINE_END -> after == Neighbour.NOTHING || after == Neighbour.NEWLINE;
            case WORD_BOUNDARY -> (before == Neighbour.WORD) != (after == Neighbour.WORD);
            case NO_WORD_BOUNDARY -> (before == Neighbour.WORD) == (after == Neighbour.WORD);
        };
    }

    /** What an assertion can tell apart beside a place in a text. */
    enum Neighbour {
        /** The text's start or end. */
        NOTHING,
        NEWLINE,
        /** An ASCII letter, digit or underscore. */
        WORD,
        OTHER;

        private static final Neighbour[] ALL = values();

        static Neighbour of(int codePoint) {
            if (codePoint == '\n') {
                return NEWLINE;
            }
            boolean word = (codePoint >= 'a' && codePoint <= 'z')
                    || (codePoint >= 'A' && codePoint <= 'Z')
                    || (codePoint >= '0' && codePoint <= '9')
                    || codePoint == '_';
            return word ? WORD : OTHER;
        }

        static Neighbour at(int ordinal) {
            return ALL[ordinal];
        }
    }
}
