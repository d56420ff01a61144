package io.clawsec.guard.pattern;

/** The bound on what confirming the matches of one text may cost: a count, not a clock. Not for several threads. */
final class WorkBound {

    /** What any text may cost, in steps of one thread over one character. */
    private static final long FREE = 4_000_000;
    /** What each character may cost beyond. */
    private static final long PER_CHARACTER = 1_000;

    private long left = FREE;
    private long taken;

    /** Allows what so many more characters of text may cost. */
    void allow(int characters) {
        left += PER_CHARACTER * characters;
    }

    /** Counts work; past the bound it throws {@link WorkBoundException}. */
    void take(long steps) {
        taken += steps;
        left -= steps;
        if (left < 0) {
            throw new WorkBoundException();
        }
    }

    /** The steps that were counted. */
    long taken() {
        return taken;
    }
}
