package io.clawsec.guard.pattern;

import java.util.Arrays;

/** The states that a pass was in before each character of a text, from a place on. Not for several threads. */
final class Trail {

    /** States that are worth keeping room for from one text to the next. */
    private static final int MAX_KEPT = 1 << 16;

    private int[] states = new int[1 << 10];
    private int from;
    private int at;

    /** Begins anew at a place, before whose character the state is this. */
    void begin(int place, int state) {
        from = place;
        at = place;
        states[0] = state;
    }

    /** Makes room for so many characters more. */
    void reserve(int characters) {
        int have = at - from + 1;
        if (states.length < have + characters + 1) {
            states = Arrays.copyOf(states, Math.max(2 * have, have + characters + 1));
        }
    }

    /** Whether it is small enough to be used again. */
    boolean isReusable() {
        return states.length <= MAX_KEPT;
    }

    /** The place from which on states are known. */
    int from() {
        return from;
    }

    /** The place of the last state: characters read. */
    int at() {
        return at;
    }

    /** The state after one more character, which may be a pair. */
    void add(int state, int width) {
        if (width == 2) {
            states[++at - from] = -state;
        }
        states[++at - from] = state;
    }

    /** The states themselves, negative between the halves of a pair, for a loop to write to behind the last. */
    int[] states() {
        return states;
    }

    /** Where the last one stands among them. */
    int last() {
        return at - from;
    }

    /** Takes over what a loop wrote. */
    void advance(int characters) {
        at += characters;
    }

    /** The state at the place; within a pair the one behind it. */
    int state(int place) {
        return Math.abs(states[place - from]);
    }

    /** Whether the place is between the halves of a pair. */
    boolean isWithinPair(int place) {
        return states[place - from] < 0;
    }

    /** The place, or the one before it if it is between the halves of a pair. */
    int boundary(int place) {
        return place > from && isWithinPair(place) ? place - 1 : place;
    }

    /** Forgets what is before the place, now or later. */
    void forget(int place) {
        int gone = place - from;
        if (gone > states.length / 2) {
            System.arraycopy(states, gone, states, 0, at - from - gone + 1);
            from += gone;
        }
    }
}
