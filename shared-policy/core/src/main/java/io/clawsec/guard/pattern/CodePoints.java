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

        private static final int MAX_INSERTED = 32;

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

        /** A few ranges, as most patterns have, by insertion: a fresh process would pay for the library's sort more. */
        private void sort() {
            if (count > MAX_INSERTED) {
                Arrays.sort(ranges, 0, count);
                return;
            }
            for (int i = 1; i < count; i++) {
                long range = ranges[i];
                int place = i;
                for (; place > 0 && ranges[place - 1] > range; place--) {
                    ranges[place] = ranges[place - 1];
                }
                ranges[place] = range;
            }
        }
    }
}
