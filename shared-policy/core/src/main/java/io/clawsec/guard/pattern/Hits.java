package io.clawsec.guard.pattern;

import java.util.Arrays;

/** Stretches of a text, each of one pattern. Not for several threads. */
final class Hits {

    private int[] pattern = new int[8];
    private int[] from = new int[8];
    private int[] to = new int[8];
    private int count;

    void add(int hitPattern, int start, int end) {
        if (count == pattern.length) {
            pattern = Arrays.copyOf(pattern, 2 * count);
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        pattern[count] = hitPattern;
        from[count] = start;
        to[count++] = end;
    }

    void clear() {
        count = 0;
    }

    int size() {
        return count;
    }

    int pattern(int hit) {
        return pattern[hit];
    }

    int from(int hit) {
        return from[hit];
    }

    int to(int hit) {
        return to[hit];
    }

    /** Whether one of the stretches is the pattern's. */
    boolean has(int ofPattern) {
        for (int hit = 0; hit < count; hit++) {
            if (pattern[hit] == ofPattern) {
                return true;
            }
        }
        return false;
    }

    /** Takes a stretch out; the last takes its place. */
    void remove(int hit) {
        count--;
        pattern[hit] = pattern[count];
        from[hit] = from[count];
        to[hit] = to[count];
    }
}
