package io.clawsec.guard.pattern;

/** The bound on what confirming the matches of one text may cost: a count, not a clock. Not for several threads. */
final class WorkBound {

    /** What any text may cost, in steps of one thread over one character. */
    private static final long FREE = 4_000_000;
    /** What each character may cost beyond. */
    private static final long PER_CHARACTER = 1_000;

    private final long limit;

    private WorkBound(long limit) {
        this.limit = limit;
    }

    static WorkBound of(int characters) {
        return new WorkBound(FREE + PER_CHARACTER * characters);
    }

    private long done;

    /** Counts work; past the bound it throws. */
    void add(long steps) {
        done += steps;
        if (done > limit) {
            throw new WorkBoundException();
        }
    }
}
