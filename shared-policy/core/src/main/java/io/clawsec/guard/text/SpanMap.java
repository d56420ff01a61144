package io.clawsec.guard.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the characters of a view came from, as stretches that stand in the order of the original. In an even stretch
 * each character came from one of the original, one after the other; all of an uneven one came from one span.
 */
final class SpanMap {

    private static final int EVEN = -1;

    private int[] viewStarts;
    private int[] starts;
    /** One past the last original character, or {@link #EVEN}. */
    private int[] ends;

    private int size;
    private int viewLength;

    SpanMap() {
        viewStarts = new int[16];
        starts = new int[16];
        ends = new int[16];
    }

    /** Adds characters that came from as many, beginning with the one at start. */
    void addEven(int start, int length) {
        if (length > 0) {
            boolean goesOn = size > 0 && ends[size - 1] == EVEN && evenEnd(size - 1) == start;
            if (!goesOn) {
                add(start, EVEN);
            }
            viewLength += length;
        }
    }

    /** Adds characters that all came from one span. */
    void addUneven(int start, int end, int length) {
        if (length == 1 && end - start == 1) {
            addEven(start, length);
        } else if (length > 0) {
            add(start, end);
            viewLength += length;
        }
    }

    /**
     * Adds so many characters that came from where another map says, which begins at the given place of the original.
     *
     * @param other null where they came from as many
     */
    void addAll(@Nullable SpanMap other, int length, int start) {
        if (other == null) {
            addEven(start, length);
            return;
        }
        for (int i = 0; i < other.size; i++) {
            int stretch = other.stretchEnd(i) - other.viewStarts[i];
            if (other.ends[i] == EVEN) {
                addEven(start + other.starts[i], stretch);
            } else {
                addUneven(start + other.starts[i], start + other.ends[i], stretch);
            }
        }
    }

    /** Stretches that are remembered. */
    int size() {
        return size;
    }

    /** Forgets where the characters before this one came from. */
    void forget(int character) {
        int gone = Math.min(stretch(character), size - 1);
        if (gone > size / 2) {
            size -= gone;
            System.arraycopy(viewStarts, gone, viewStarts, 0, size);
            System.arraycopy(starts, gone, starts, 0, size);
            System.arraycopy(ends, gone, ends, 0, size);
        }
    }

    /** Lets the span of the last character go on to the given end. */
    void extendLast(int end) {
        int last = size - 1;
        if (ends[last] != EVEN) {
            ends[last] = end;
            return;
        }
        int start = evenEnd(last) - 1;
        if (viewStarts[last] == viewLength - 1) {
            size--;
        }
        viewLength--;
        add(start, end);
        viewLength++;
    }

    /** Start of what the character came from. */
    int start(int character) {
        int at = stretch(character);
        return ends[at] == EVEN ? starts[at] + character - viewStarts[at] : starts[at];
    }

    /** One past the end of what the character came from. */
    int end(int character) {
        int at = stretch(character);
        return ends[at] == EVEN ? starts[at] + character - viewStarts[at] + 1 : ends[at];
    }

    /** The way back through this map and then through the one of what this is a view of. */
    SpanMap through(SpanMap source) {
        SpanMap whole = new SpanMap();
        for (int i = 0; i < size; i++) {
            int length = stretchEnd(i) - viewStarts[i];
            if (ends[i] == EVEN) {
                source.copyTo(whole, starts[i], starts[i] + length);
            } else {
                whole.addUneven(source.start(starts[i]), source.end(ends[i] - 1), length);
            }
        }
        return whole;
    }

    /** Adds the way back of the characters from one place to another. */
    void copyTo(SpanMap target, int from, int to) {
        int at = from;
        for (int i = stretch(from); at < to; i++) {
            int end = Math.min(to, stretchEnd(i));
            if (ends[i] == EVEN) {
                target.addEven(starts[i] + at - viewStarts[i], end - at);
            } else {
                target.addUneven(starts[i], ends[i], end - at);
            }
            at = end;
        }
    }

    private int stretch(int character) {
        int found = Arrays.binarySearch(viewStarts, 0, size, character);
        return found >= 0 ? found : -found - 2;
    }

    private int stretchEnd(int stretch) {
        return stretch + 1 < size ? viewStarts[stretch + 1] : viewLength;
    }

    private int evenEnd(int last) {
        return starts[last] + viewLength - viewStarts[last];
    }

    private void add(int start, int end) {
        if (size == starts.length) {
            viewStarts = Arrays.copyOf(viewStarts, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        viewStarts[size] = viewLength;
        starts[size] = start;
        ends[size] = end;
        size++;
    }
}
