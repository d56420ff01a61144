package io.clawsec.guard.pattern;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The states of a cache that change nothing where certain patterns are open, for the few sets of patterns that were open
 * last: a stretch that opens and closes again leaves most of what was known before it. Not for several threads.
 */
final class QuietStates {

    /** Sets of patterns that are remembered, those that were shown last first. */
    private static final int SETS = 8;

    private static final int FIRST = 1 << 12;

    /** No set of patterns, for a set has room for each there is. */
    private static final long[] NONE = {};

    private @Nullable StateCache cache;
    private final long[][] sets = new long[SETS][];
    private final byte[] names = new byte[SETS];

    /** Names are given out from 1 on, and none twice until all is forgotten. */
    private byte given;

    /** For each state of the cache, by its number, the name of the set for which it was added last. */
    private byte[] added = {};

    /** Goes on with what is known of a cache's states where exactly these patterns are open. */
    void show(StateCache states, long[] open) {
        if (cache != states) {
            cache = states;
            forget();
        }
        int place = 0;
        while (place < SETS && !Arrays.equals(sets[place], open)) {
            place++;
        }
        if (place == SETS) {
            if (given == Byte.MAX_VALUE) {
                forget();
            }
            place--;
            sets[place] = open.clone();
            names[place] = ++given;
        }
        toFront(place);
    }

    private void toFront(int place) {
        long[] set = sets[place];
        byte name = names[place];
        System.arraycopy(sets, 0, sets, 1, place);
        System.arraycopy(names, 0, names, 1, place);
        sets[0] = set;
        names[0] = name;
    }

    private void forget() {
        Arrays.fill(sets, NONE);
        Arrays.fill(added, (byte) 0);
        given = 0;
    }

    void add(int number) {
        if (number >= added.length) {
            added = Arrays.copyOf(added, Math.max(FIRST, 2 * Integer.highestOneBit(number)));
        }
        added[number] = names[0];
    }

    boolean has(int number) {
        return number < added.length && added[number] == names[0];
    }
}
