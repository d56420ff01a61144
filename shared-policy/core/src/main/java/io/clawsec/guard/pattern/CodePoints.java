package io.clawsec.guard.pattern;

import java.util.Arrays;

/** A set of code points. Immutable; equal by content. */
final class CodePoints {

    static final int LAST = Character.MAX_CODE_POINT;
    static final CodePoints NONE = new CodePoints(new int[0]);
    static final CodePoints ALL = new CodePoints(new int[] {0, LAST});

    /** First and last of each range, in order; ranges neither overlap nor touch. */
    private final int[] bounds;

    private final int hash;

    private CodePoints(int[] bounds) {
        this.bounds = bounds;
        this.hash = Arrays.hashCode(bounds);
    }

    static CodePoints of(int codePoint) {
        return new CodePoints(new int[] {codePoint, codePoint});
    }

    /** The union of ranges given as first and last, in any order. */
    static CodePoints ofRanges(int... ranges) {
        Collector collector = new Collector();
        for (int i = 0; i < ranges.length; i += 2) {
            collector.add(ranges[i], ranges[i + 1]);
        }
        return collector.set();
    }

    int ranges() {
        return bounds.length / 2;
    }

    int first(int range) {
        return bounds[2 * range];
    }

    int last(int range) {
        return bounds[2 * range + 1];
    }

    boolean contains(int codePoint) {
        int place = Arrays.binarySearch(bounds, codePoint);
        return place >= 0 || (-place - 1) % 2 == 1;
    }

    /** Whether the last code point of all is in it, as it is where a pattern says what a character is not. */
    boolean containsLast() {
        return bounds.length > 0 && bounds[bounds.length - 1] == LAST;
    }

    /** The union; the ranges of both come in order already. */
    CodePoints or(CodePoints other) {
        Collector collector = new Collector();
        int mine = 0;
        int its = 0;
        while (mine < ranges() || its < other.ranges()) {
            boolean fromMine = its == other.ranges() || (mine < ranges() && first(mine) <= other.first(its));
            CodePoints from = fromMine ? this : other;
            int range = fromMine ? mine++ : its++;
            collector.add(from.first(range), from.last(range));
        }
        return collector.set();
    }

    CodePoints negate() {
        Collector collector = new Collector();
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (next < bounds[i]) {
                collector.add(next, bounds[i] - 1);
            }
            next = bounds[i + 1] + 1;
        }
        if (next <= LAST) {
            collector.add(next, LAST);
        }
        return collector.set();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof CodePoints that && hash == that.hash && Arrays.equals(bounds, that.bounds));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Gathers ranges in any order. Not for several threads. */
    static final class Collector {

        private static final int MAX_MOVES = 1_000;

        private long[] ranges = new long[8];
        private int count;

        Collector add(int first, int last) {
            if (count == ranges.length) {
                ranges = Arrays.copyOf(ranges, 2 * count);
            }
            ranges[count++] = (long) first << Integer.SIZE | last;
            return this;
        }

        Collector add(CodePoints set) {
            for (int i = 0; i < set.ranges(); i++) {
                add(set.first(i), set.last(i));
            }
            return this;
        }

        CodePoints set() {
            sort();
            int[] merged = new int[2 * count];
            int size = 0;
            for (int i = 0; i < count; i++) {
                int first = (int) (ranges[i] >>> Integer.SIZE);
                int last = (int) ranges[i];
                if (size > 0 && first <= merged[size - 1] + 1) {
                    merged[size - 1] = Math.max(merged[size - 1], last);
                } else {
                    merged[size++] = first;
                    merged[size++] = last;
                }
            }
            return size == 0 ? NONE : new CodePoints(Arrays.copyOf(merged, size));
        }

        /**
         * By insertion as long as little is out of order, as in most patterns: a fresh process pays much for the
         * library's sort.
         */
        private void sort() {
            int movesLeft = MAX_MOVES;
            for (int i = 1; i < count && movesLeft > 0; i++) {
                long range = ranges[i];
                int place = i;
                for (; place > 0 && ranges[place - 1] > range; place--) {
                    ranges[place] = ranges[place - 1];
                    movesLeft--;
                }
                ranges[place] = range;
            }
            if (movesLeft <= 0) {
                Arrays.sort(ranges, 0, count);
            }
        }
    }
}
