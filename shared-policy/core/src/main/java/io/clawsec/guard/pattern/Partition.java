package io.clawsec.guard.pattern;

import java.util.Arrays;

/** Intervals of code points sorted into classes, which set after set splits. Not for several threads. */
final class Partition {

    private final int[] intervals;
    private final int[] classOf;
    private int used = 1;

    /** The class that the members of each class have moved to, 0 where none has; kept between sets for its room alone. */
    private int[] movedTo = new int[64];

    /** All in one class; the intervals by their first code points, in order. */
    Partition(int[] intervals) {
        this.intervals = intervals;
        this.classOf = new int[intervals.length];
    }

    /** Splits each class into what is in the set and what is not; the set is one of whole intervals. */
    void refine(CodePoints set) {
        split(set.containsLast() ? set.negate() : set); // either tells the same apart; this one is small
    }

    private void split(CodePoints set) {
        if (movedTo.length < used) {
            movedTo = new int[2 * used];
        }
        int known = used;
        for (int range = 0; range < set.ranges(); range++) {
            int interval = Arrays.binarySearch(intervals, set.first(range));
            for (; interval < intervals.length && intervals[interval] <= set.last(range); interval++) {
                int from = classOf[interval];
                if (movedTo[from] == 0) {
                    movedTo[from] = used++;
                }
                classOf[interval] = movedTo[from];
            }
        }
        Arrays.fill(movedTo, 0, known, 0);
    }

    /** The class of each interval; classes are numbered from 0 by their first intervals. */
    int[] classes() {
        int[] numbers = new int[used];
        int count = 0;
        int[] numbered = new int[classOf.length];
        for (int i = 0; i < numbered.length; i++) {
            if (numbers[classOf[i]] == 0) {
                numbers[classOf[i]] = ++count;
            }
            numbered[i] = numbers[classOf[i]] - 1;
        }
        return numbered;
    }
}
