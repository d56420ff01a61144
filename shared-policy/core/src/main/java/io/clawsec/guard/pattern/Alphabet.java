package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import java.util.List;

/**
 * The code points sorted into classes that no pattern tells apart, and one class more for the text's end. Immutable.
 */
final class Alphabet {

    private static final int ASCII = 128;
    private static final int BMP = 0x10000;
    private static final CodePoints NEWLINE = CodePoints.of('\n');
    private static final CodePoints WORD = CodePoints.ofRanges('0', '9', 'A', 'Z', '_', '_', 'a', 'z');

    /** First code point of each interval within which nothing is told apart. */
    private final int[] intervals;
    /** The class of each interval. */
    private final int[] classOfInterval;

    private final int end;
    private final int size;
    /** The class of each code point of the basic plane. */
    private final short[] basic = new short[BMP];
    /** For each class the sets of the automaton that it is in, as bits: who asks has one class and many sets. */
    private final long[][] setsOfClass;

    private final Neighbour[] neighbourOfClass;

    Alphabet(List<CodePoints> sets) {
        this.intervals = intervals(sets);
        Partition partition = new Partition(intervals);
        for (CodePoints set : sets) {
            partition.refine(set);
        }
        partition.refine(NEWLINE);
        partition.refine(WORD);
        this.classOfInterval = partition.classes();
        this.end = makeRoomForEnd();
        this.size = 1 + Math.max(end, max(classOfInterval));
        if (size >= Short.MAX_VALUE) {
            throw new RegexSyntaxException("the patterns tell too many characters apart");
        }
        this.neighbourOfClass = new Neighbour[size];
        neighbourOfClass[end] = Neighbour.NOTHING;
        for (int i = 0; i < intervals.length; i++) {
            neighbourOfClass[classOfInterval[i]] = Neighbour.of(intervals[i]);
            if (intervals[i] < BMP) {
                int end = i + 1 < intervals.length ? Math.min(BMP, intervals[i + 1]) : BMP;
                fill(basic, intervals[i], end, (short) classOfInterval[i]);
            }
        }
        this.setsOfClass = new long[size][(sets.size() >>> 6) + 1];
        for (int set = 0; set < sets.size(); set++) {
            put(set, sets.get(set));
        }
    }

    /** As the library does, but not one by one: that is slow as long as a process is young. */
    private static void fill(short[] values, int from, int to, short value) {
        values[from] = value;
        for (int done = 1; done < to - from; done *= 2) {
            System.arraycopy(values, from, values, from + done, Math.min(done, to - from - done));
        }
    }

    /** Puts the class of the text's end behind those of ASCII characters, which come first; returns it. */
    private int makeRoomForEnd() {
        int ascii = 0;
        for (int i = 0; i < intervals.length && intervals[i] < ASCII; i++) {
            ascii = Math.max(ascii, 1 + classOfInterval[i]);
        }
        for (int i = 0; i < classOfInterval.length; i++) {
            classOfInterval[i] += classOfInterval[i] >= ascii ? 1 : 0;
        }
        return ascii;
    }

    private static int max(int[] values) {
        int max = 0;
        for (int value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    /** How many classes there are, the text's end included. */
    int size() {
        return size;
    }

    /** How many classes there are with ASCII characters in them or of the text's end; they are the first. */
    int narrow() {
        return end + 1;
    }

    /** The class of the text's end. */
    int end() {
        return end;
    }

    /** The classes of the ASCII characters. */
    short[] ascii() {
        return Arrays.copyOf(basic, ASCII);
    }

    int classOf(int codePoint) {
        if (codePoint < BMP) {
            return basic[codePoint];
        }
        int place = Arrays.binarySearch(intervals, codePoint);
        return classOfInterval[place >= 0 ? place : -place - 2];
    }

    /** The first code points of the stretches within which nothing is told apart, in order. */
    int[] stretches() {
        return intervals.clone();
    }

    /** The sets that characters of the class are in, as bits, none where it is the text's end; not to be changed. */
    long[] setsOf(int symbolClass) {
        return setsOfClass[symbolClass];
    }

    boolean contains(int set, int symbolClass) {
        return Bits.has(setsOfClass[symbolClass], set);
    }

    Neighbour neighbour(int symbolClass) {
        return neighbourOfClass[symbolClass];
    }

    private static int[] intervals(List<CodePoints> sets) {
        CodePoints[] all = Arrays.copyOf(sets.toArray(new CodePoints[0]), sets.size() + 2);
        all[sets.size()] = NEWLINE;
        all[sets.size() + 1] = WORD;
        int ranges = 0;
        for (CodePoints set : all) {
            ranges += set.ranges();
        }
        int[] starts = new int[2 * ranges + 1];
        int count = 1;
        for (CodePoints set : all) {
            for (int range = 0; range < set.ranges(); range++) {
                count = insert(set.first(range), starts, count);
                count = insert(set.last(range) + 1, starts, count);
            }
        }
        return Arrays.copyOf(starts, count);
    }

    /** Puts a start among those that are there, in order and once; returns how many there are then. */
    private static int insert(int start, int[] starts, int count) {
        int place = Arrays.binarySearch(starts, 0, count, start);
        if (place >= 0 || start > CodePoints.LAST) {
            return count;
        }
        System.arraycopy(starts, -place - 1, starts, -place, count + place + 1);
        starts[-place - 1] = start;
        return count + 1;
    }

    private void put(int set, CodePoints members) {
        boolean most = members.containsLast();
        if (most) { // what is not in it is less
            for (int member = 0; member < size; member++) {
                setsOfClass[member][set >>> 6] |= member == end ? 0 : 1L << set;
            }
        }
        CodePoints ranges = most ? members.negate() : members;
        for (int range = 0; range < ranges.ranges(); range++) {
            int interval = Arrays.binarySearch(intervals, ranges.first(range));
            for (; interval < intervals.length && intervals[interval] <= ranges.last(range); interval++) {
                long[] in = setsOfClass[classOfInterval[interval]];
                in[set >>> 6] = most ? in[set >>> 6] & ~(1L << set) : in[set >>> 6] | 1L << set;
            }
        }
    }
}
