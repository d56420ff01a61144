package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states and steps that texts have asked for so far.
 *
 * <p>Readers take steps from {@link #table()} without a lock: an entry is written once, by one int, after its state is
 * complete; who does not see it yet asks {@link #step}, which does. So several threads may share it.
 */
final class StateCache {

    /** A step that nobody has asked for yet. */
    static final int UNKNOWN = 0;
    /** There is no room for another state. */
    static final int FULL = 0;

    private static final int FIRST_STATES = 64;
    /** What a state takes beside its lists, in numbers of four bytes. */
    private static final int OBJECT_CELLS = 32;
    /** Parts of states of another cache that are known by heart. */
    private static final int MAX_PARTS = 20_000;

    private final LazyDfa dfa;
    /** Steps of a state that stand in the table; those over classes without ASCII characters have rows of their own. */
    private final int stride;

    /** What the stride's odd part is to be multiplied with for 1, as numbers of 32 bits: dividing takes ten times as long. */
    private final int inverse;

    private final int maxCells;
    private int cells;
    private boolean full;
    private final Map<DfaState, Integer> numbers = new HashMap<>();
    /** The numbers of what was taken over from states of another cache. */
    private final Map<Part, Integer> parts = new HashMap<>();

    private final int begin;

    /** The next state by state and class; a state stands as its number times the stride, negative if patterns ended. */
    private volatile int[] table;

    /** The other steps by state, a row where one was asked for. */
    private volatile int[] @Nullable [] wide;

    private volatile DfaState[] states;
    private int count = 1; // number 0 would be an unknown step

    StateCache(LazyDfa dfa, int maxCells) {
        this.dfa = dfa;
        this.stride = dfa.alphabet().narrow();
        this.inverse = inverse(stride >>> Integer.numberOfTrailingZeros(stride));
        this.maxCells = maxCells;
        this.table = new int[FIRST_STATES * stride];
        this.wide = new int[FIRST_STATES][];
        this.states = new DfaState[FIRST_STATES];
        synchronized (this) {
            this.begin = number(new DfaState(new int[0], dfa.noneBegun(Neighbour.NOTHING), new int[0]));
        }
    }

    /** The steps over ASCII known so far; newer ones may be in an array of which this is the beginning. */
    int[] table() {
        return table;
    }

    /** The step over a character of the class, if it is known. */
    int known(int state, int symbolClass) {
        if (symbolClass < stride) {
            return table[state + symbolClass];
        }
        int[][] rows = wide;
        int number = number(state);
        int[] row = number < rows.length ? rows[number] : null;
        return row == null ? UNKNOWN : row[symbolClass - stride];
    }

    /** The state as one of the numbers from 1 on. */
    int number(int state) {
        return (state >>> Integer.numberOfTrailingZeros(stride)) * inverse;
    }

    /** Of an odd number, by Newton's method: each round doubles the bits that are right, of which the number has three. */
    private static int inverse(int odd) {
        int inverse = odd;
        for (int right = 3; right < Integer.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    /** The state before a text's first character. */
    int begin() {
        return begin;
    }

    /** Whether there is no room for another state. */
    synchronized boolean full() {
        return full;
    }

    /** How many states there are. */
    synchronized int size() {
        return count - 1;
    }

    /** The patterns of which a match ended before the character that led to the state. */
    int[] ended(int state) {
        return state(state).ended();
    }

    /**
     * Whether a match of the pattern that began before the last character could go on from the state, or has just
     * ended. Many patterns begin with one character of their surroundings, and would be alive everywhere but for that.
     */
    boolean alive(int state, int pattern) {
        return Bits.has(alive(state), pattern);
    }

    /** The patterns of which matches begun earlier could go on from the state, as bits; not to be changed. */
    long[] alive(int state) {
        return state(state).alive();
    }

    /** A step may be seen before its state is, so who does not find it looks again under the lock. */
    @SuppressWarnings("NullAway") // an element is null until its state is there
    private DfaState state(int state) {
        int number = number(state);
        DfaState[] seen = states;
        DfaState found = number < seen.length ? seen[number] : null;
        if (found == null) {
            synchronized (this) {
                found = states[number];
            }
        }
        return found;
    }

    /** Takes a step that is not known yet, making its state if it is new; {@link #FULL} where there is no room for it. */
    synchronized int step(int state, int symbolClass) {
        int known = known(state, symbolClass);
        if (known != UNKNOWN) {
            return known;
        }
        DfaState to = after(states[number(state)], symbolClass);
        int number = number(to);
        if (number != FULL) {
            int entry = to.ended().length == 0 ? number : -number;
            return know(state, symbolClass, entry) ? entry : FULL;
        }
        return FULL;
    }

    private DfaState after(DfaState from, int symbolClass) {
        Automaton automaton = dfa.automaton();
        NodeSteps steps = automaton.borrow();
        YoungMatches begun = dfa.begun(from.before(), symbolClass, steps);
        YoungMatches.Reached ofYoung = from.young().step(symbolClass, steps);
        steps.begin(from.before(), symbolClass);
        steps.takeAll(from.nodes());
        steps.add(ofYoung);
        YoungMatches.Reached reached = steps.finish();
        automaton.giveBack(steps);
        return new DfaState(reached.nodes(), begun, reached.ended());
    }

    private boolean know(int state, int symbolClass, int entry) {
        if (symbolClass < stride) {
            table[state + symbolClass] = entry;
            return true;
        }
        int number = number(state);
        if (wide[number] == null) {
            int width = dfa.alphabet().size() - stride;
            if (!take(width)) {
                return false;
            }
            wide[number] = new int[width];
        }
        wide[number][symbolClass - stride] = entry;
        return true;
    }

    private boolean take(int more) {
        full |= cells + more > maxCells && count > FIRST_STATES;
        cells += full ? 0 : more;
        return !full;
    }

    /** Takes over a state of another cache, under a number of its own. */
    synchronized int adopt(StateCache other, int state) {
        return number(other.state(state));
    }

    /** Takes over what a state of another cache says of one pattern; {@link #FULL} where there is no room for it. */
    int adopt(StateCache other, int state, int pattern) {
        DfaState whole = other.state(state);
        Part part = new Part(whole, pattern);
        synchronized (this) {
            Integer known = parts.get(part);
            if (known == null) {
                known = number(part.state(dfa));
                if (parts.size() == MAX_PARTS) {
                    parts.clear();
                }
                parts.put(part, known);
            }
            return known;
        }
    }

    /** Whether no match is at anything in the state. */
    boolean isDead(int state) {
        return state(state).isDead();
    }

    private int number(DfaState state) {
        Integer known = numbers.get(state);
        if (known != null) {
            return known;
        }
        if (!take(OBJECT_CELLS + stride + state.nodes().length)) {
            return FULL;
        }
        if (count == states.length) {
            states = Arrays.copyOf(states, 2 * count);
            wide = Arrays.copyOf(wide, 2 * count);
            table = Arrays.copyOf(table, 2 * count * stride);
        }
        int number = count++ * stride;
        DfaState fresh = state.kept(dfa.automaton());
        states[number / stride] = fresh;
        numbers.put(fresh, number);
        return number;
    }

    /** What a state says of one pattern. */
    private record Part(DfaState whole, int pattern) {

        DfaState state(LazyDfa dfa) {
            return whole.of(pattern, dfa.noneBegun(whole.before()), dfa.automaton());
        }
    }
}
