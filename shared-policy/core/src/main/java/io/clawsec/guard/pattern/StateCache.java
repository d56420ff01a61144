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

    private final int maxCells;
    private int cells;
    private boolean full;
    private final Map<State, Integer> numbers = new HashMap<>();
    /** The numbers of what was taken over from states of another cache. */
    private final Map<Part, Integer> parts = new HashMap<>();

    private final int begin;

    /** The next state by state and class; a state stands as its number times the stride, negative if patterns ended. */
    private volatile int[] table;

    /** The other steps by state, a row where one was asked for. */
    private volatile int[] @Nullable [] wide;

    private volatile State[] states;
    private int count = 1; // number 0 would be an unknown step

    StateCache(LazyDfa dfa, int maxCells) {
        this.dfa = dfa;
        this.stride = dfa.alphabet().narrow();
        this.maxCells = maxCells;
        this.table = new int[FIRST_STATES * stride];
        this.wide = new int[FIRST_STATES][];
        this.states = new State[FIRST_STATES];
        synchronized (this) {
            this.begin = number(new State(new int[0], Neighbour.NOTHING, new int[0], dfa.automaton()));
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
        int number = state / stride;
        int[] row = number < rows.length ? rows[number] : null;
        return row == null ? UNKNOWN : row[symbolClass - stride];
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
        return state(state).alive(pattern);
    }

    /** The patterns of which matches begun earlier could go on from the state, as bits; not to be changed. */
    long[] alive(int state) {
        return state(state).alive;
    }

    /** A step may be seen before its state is, so who does not find it looks again under the lock. */
    @SuppressWarnings("NullAway") // an element is null until its state is there
    private State state(int state) {
        int number = state / stride;
        State[] seen = states;
        State found = number < seen.length ? seen[number] : null;
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
        State to = after(states[state / stride], symbolClass);
        int number = number(to);
        if (number != FULL) {
            int entry = to.ended().length == 0 ? number : -number;
            return know(state, symbolClass, entry) ? entry : FULL;
        }
        return FULL;
    }

    private State after(State from, int symbolClass) {
        Automaton automaton = dfa.automaton();
        NodeSteps steps = automaton.borrow();
        int[] first = dfa.firstStep(from.before(), symbolClass, steps);
        steps.begin(from.before(), symbolClass);
        steps.takeAll(from.nodes());
        steps.reachAll(first);
        Neighbour before = dfa.alphabet().neighbour(symbolClass);
        State to = new State(steps.reached(), before, steps.ended(), automaton);
        automaton.giveBack(steps);
        return to;
    }

    private boolean know(int state, int symbolClass, int entry) {
        if (symbolClass < stride) {
            table[state + symbolClass] = entry;
            return true;
        }
        int number = state / stride;
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
        State whole = other.state(state);
        Part part = new Part(whole, pattern);
        synchronized (this) {
            Integer known = parts.get(part);
            if (known == null) {
                known = number(part.state(dfa.automaton()));
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
        return state(state).nodes().length == 0;
    }

    private int number(State state) {
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
        states[number / stride] = state;
        numbers.put(state, number);
        return number;
    }

    /** What a state says of one pattern. */
    private record Part(State whole, int pattern) {

        State state(Automaton automaton) {
            int[] own = Arrays.stream(whole.nodes)
                    .filter(node -> automaton.patternOf(node) == pattern)
                    .toArray();
            return new State(own, whole.before, new int[0], automaton);
        }
    }

    /** What a state is: the nodes it stands for, what was read last, and what ended before that. */
    private static final class State {

        private final int[] nodes;
        private final Neighbour before;
        private final int[] ended;
        private final long[] alive;
        private final int hash;

        State(int[] nodes, Neighbour before, int[] ended, Automaton automaton) {
            this.nodes = nodes;
            this.before = before;
            this.ended = ended;
            this.hash = (31 * Arrays.hashCode(nodes) + Arrays.hashCode(ended)) * 31 + before.ordinal();
            this.alive = new long[(automaton.patterns() >>> 6) + 1];
            for (int node : nodes) {
                if (!automaton.isYoung(node)) {
                    int pattern = automaton.patternOf(node);
                    alive[pattern >>> 6] |= 1L << pattern;
                }
            }
        }

        int[] nodes() {
            return nodes;
        }

        Neighbour before() {
            return before;
        }

        int[] ended() {
            return ended;
        }

        boolean alive(int pattern) {
            return (alive[pattern >>> 6] >>> pattern & 1) != 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof State that
                    && hash == that.hash
                    && before == that.before
                    && Arrays.equals(nodes, that.nodes)
                    && Arrays.equals(ended, that.ended);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
