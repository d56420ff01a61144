package io.clawsec.guard.pattern;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory that the remembered steps of all patterns of a set may take together. When it is used up, nothing more is
 * remembered, and who begins on a text begins with an empty one. Safe for any number of threads.
 */
final class StateRoom {

    /** Numbers of four bytes each: 12 MB. */
    private static final int CELLS = 3_000_000;

    private final AtomicInteger left = new AtomicInteger(CELLS);

    /** Takes a part of it; false where too little is left. */
    boolean take(int cells) {
        return left.get() >= cells && left.addAndGet(-cells) >= 0;
    }

    /** Whether so little is left that it should be replaced. */
    boolean isUsedUp() {
        return left.get() < CELLS / 10;
    }
}
