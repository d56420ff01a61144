package io.clawsec.guard.pattern;

import java.util.Arrays;

/**
 * The stretches of one text in which patterns matched, as the automaton sees it: all matches of a pattern that touch a
 * stretch lie within it. Not for several threads.
 */
final class Hits {

    private int[] pattern = new int[16];
    private int[] from = new int[16];
    private int[] to = new int[16];
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
}
