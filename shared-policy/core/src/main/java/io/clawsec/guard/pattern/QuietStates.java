package io.clawsec.guard.pattern;

import org.jspecify.annotations.Nullable;

/** A set of states that forgets at any time: what it has was added since it was last cleared. Not for several threads. */
final class QuietStates {

    private static final int BITS = 12;
    private static final int MIXER = 0x9E3779B1; // 2^32 over the golden ratio (Knuth, TAOCP 3, 6.4)

    /** States, each with the time at which it was added; most texts need none. */
    private long @Nullable [] added;

    private long time = 1L << Integer.SIZE;

    void add(int state) {
        if (added == null) {
            added = new long[1 << BITS];
        }
        added[place(state)] = time | state;
    }

    boolean has(int state) {
        return added != null && added[place(state)] == (time | state);
    }

    void clear() {
        time += 1L << Integer.SIZE;
    }

    private static int place(int state) {
        return (state * MIXER) >>> (Integer.SIZE - BITS);
    }
}
