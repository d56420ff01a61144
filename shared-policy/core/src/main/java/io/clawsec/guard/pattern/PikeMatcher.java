package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;

/**
 * Finds the matches of one pattern, leftmost first and in RE2's order of preference, in time linear in the characters
 * it reads (Pike's virtual machine, in Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009). It goes
 * on where it stopped when more of the text is known. Not for several threads.
 *
 * <p>A match is decided within a number of characters from where it began. One that has matched by then goes on to
 * where it can go on no longer; one that may still match counts as one that has, for who must not let a match through
 * cannot wait longer.
 */
final class PikeMatcher {

    private final Program program;
    private final Alphabet alphabet;
    private final int maxLength;

    private Threads current;
    private Threads next;
    /** The step in which a node without a character was last passed. */
    private final int[] passedIn;

    private int step;

    private Neighbour before = Neighbour.NOTHING;
    private int lastSymbol = -1;
    /** Whether one more character like the last changes nothing, for none did. */
    private boolean settled;

    private int at;
    private boolean matched;
    private boolean swallowing;
    private int matchStart;
    private int matchEnd;
    private int valueStart;
    private int valueEnd;
    private long steps;

    /**
     * A matcher that has read nothing.
     *
     * @param maxLength characters within which a match is decided, at least 1
     */
    PikeMatcher(Program program, int maxLength) {
        this.program = program;
        this.alphabet = program.alphabet();
        this.maxLength = maxLength;
        this.current = new Threads(program.nodes());
        this.next = new Threads(program.nodes());
        this.passedIn = new int[program.nodes()];
    }

    /** Starts a search for the first match that begins at the place or later. */
    void begin(int place, Neighbour standingBefore) {
        at = place;
        before = standingBefore;
        lastSymbol = -1;
        settled = false;
        current.clear();
        matched = false;
        swallowing = false;
    }

    /**
     * Reads on.
     *
     * @param text what is at hand
     * @param base the place of its first character
     * @param known up to where it may be read
     * @param ended whether the text ends there
     * @param last the place from which on no match need begin
     * @return whether there is something to tell: the search has come to its end, and {@link #matched()} says which; or
     *     a match was decided at its bound, {@link #goesOn()}, and reading on finds its end
     */
    boolean advance(CharSequence text, int base, int known, boolean ended, int last) {
        while (true) {
            if (current.isEmpty() && (matched || at >= last)) {
                return true;
            }
            if (at == known) {
                if (!ended) {
                    return false;
                }
                step(alphabet.end(), last);
                closeSwallowed();
                return true;
            }
            int codePoint = text.charAt(at - base);
            if (Character.isHighSurrogate((char) codePoint)) {
                if (at + 1 == known && !ended) {
                    return false;
                }
                codePoint = Character.codePointAt(text, at - base);
            }
            boolean swallowed = swallowing;
            read(codePoint, last);
            if (swallowing && !swallowed) {
                return true;
            }
        }
    }

    private void read(int codePoint, int last) {
        int symbol = alphabet.classOf(codePoint);
        boolean again = symbol == lastSymbol;
        lastSymbol = symbol;
        if (!(again && settled)) {
            step(symbol, last);
            settled = again && swallowing && current.sameAs(next);
        }
        if (current.isEmpty()) {
            closeSwallowed();
        }
        at += Character.charCount(codePoint);
        before = alphabet.neighbour(symbol);
        if (!swallowing && !current.isEmpty() && at - current.firstStart() >= maxLength) {
            decide();
        }
    }

    /** The oldest place where a match may have begun that is not decided yet; {@link Integer#MAX_VALUE}: there is none. */
    int undecidedFrom() {
        int begun = current.isEmpty() ? Integer.MAX_VALUE : current.firstStart();
        return matched ? Math.min(begun, matchStart) : begun;
    }

    /** Up to where this search has read. */
    int at() {
        return at;
    }

    boolean matched() {
        return matched;
    }

    /** Whether the match was decided at its bound and its end is not known yet. */
    boolean goesOn() {
        return swallowing;
    }

    int matchStart() {
        return matchStart;
    }

    int matchEnd() {
        return matchEnd;
    }

    /** Where the span begins, or -1 if the group that is the span took no part. */
    int start() {
        if (!program.hasValue()) {
            return matchStart;
        }
        return swallowing && valueStart < 0 ? matchStart : valueStart;
    }

    /** One past the span; past what was read of it, while it goes on. */
    int end() {
        if (!program.hasValue()) {
            return swallowing ? at : matchEnd;
        }
        return swallowing && valueEnd < valueStart || swallowing && valueStart < 0 ? at : valueEnd;
    }

    /** What reading has cost since this was last asked: its threads, counted at each character. */
    long takeSteps() {
        long taken = steps;
        steps = 0;
        return taken;
    }

    /** The oldest match has come to its bound: whatever it is, it is taken, and what can go on of it goes on. */
    private void decide() {
        int oldest = current.firstStart();
        boolean decided = matched && matchStart == oldest;
        if (!decided || current.valueStart(0) >= 0) {
            valueStart = current.valueStart(0);
            valueEnd = current.valueEnd(0);
        }
        matched = true;
        matchStart = oldest;
        swallowing = true;
        current.keepOnly(oldest);
    }

    /** What was swallowed ends where nothing goes on. */
    private void closeSwallowed() {
        if (swallowing) {
            swallowing = false;
            matchEnd = at;
            if (valueStart < 0) {
                valueStart = matchStart; // nobody can tell which part it is, so it is all of it
                valueEnd = at;
            } else if (valueEnd < valueStart) {
                valueEnd = at;
            }
        }
    }

    private void step(int symbol, int last) {
        step++;
        next.clear();
        Neighbour after = alphabet.neighbour(symbol);
        boolean cut = false;
        for (int thread = 0; thread < current.size() && !cut; thread++) {
            cut = take(
                    current.node(thread),
                    symbol,
                    after,
                    current.start(thread),
                    current.valueStart(thread),
                    current.valueEnd(thread));
        }
        steps += 1 + current.size();
        if (!matched && at < last && program.mayBegin(before, symbol)) {
            for (int node : program.start()) {
                take(node, symbol, after, at, -1, -1);
            }
        }
        Threads done = current;
        current = next;
        next = done;
    }

    /** Takes a thread over the character; whether it came to the pattern's end before it, and what is behind it is void. */
    private boolean take(int node, int symbol, Neighbour after, int start, int valueFrom, int valueTo) {
        int kind = program.symbol(node);
        if (kind >= 0) {
            if (symbol != alphabet.end() && alphabet.contains(kind, symbol)) {
                next.addAll(program.follow(node), start, valueFrom, valueTo);
            }
            return false;
        }
        if (kind == NodeBuilder.ACCEPT) {
            if (!swallowing) {
                matched = true;
                matchStart = start;
                matchEnd = at;
                valueStart = valueFrom;
                valueEnd = valueTo;
            }
            return !swallowing;
        }
        if (passedIn[node] == step || !Program.passes(kind, before, after)) {
            return false;
        }
        passedIn[node] = step;
        int from = kind == NodeBuilder.VALUE_START ? at : valueFrom;
        int to = kind == NodeBuilder.VALUE_END ? at : valueTo;
        for (int follower : program.follow(node)) {
            if (take(follower, symbol, after, start, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** The places in the pattern that matches are at, most preferred first, each once. */
    private static final class Threads {

        private final int[] node;
        private final int[] start;
        private final int[] valueStart;
        private final int[] valueEnd;
        private final int[] addedIn;
        private int generation;
        private int size;

        Threads(int nodes) {
            this.node = new int[nodes];
            this.start = new int[nodes];
            this.valueStart = new int[nodes];
            this.valueEnd = new int[nodes];
            this.addedIn = new int[nodes];
        }

        void clear() {
            size = 0;
            generation++;
        }

        boolean isEmpty() {
            return size == 0;
        }

        int size() {
            return size;
        }

        int node(int thread) {
            return node[thread];
        }

        int start(int thread) {
            return start[thread];
        }

        int valueStart(int thread) {
            return valueStart[thread];
        }

        int valueEnd(int thread) {
            return valueEnd[thread];
        }

        boolean sameAs(Threads other) {
            return size == other.size
                    && Arrays.equals(node, 0, size, other.node, 0, size)
                    && Arrays.equals(start, 0, size, other.start, 0, size)
                    && Arrays.equals(valueStart, 0, size, other.valueStart, 0, size)
                    && Arrays.equals(valueEnd, 0, size, other.valueEnd, 0, size);
        }

        /** Where the oldest began, which is the most preferred. */
        int firstStart() {
            return start[0];
        }

        void addAll(int[] nodes, int from, int valueFrom, int valueTo) {
            for (int added : nodes) {
                if (addedIn[added] != generation) {
                    addedIn[added] = generation;
                    node[size] = added;
                    start[size] = from;
                    valueStart[size] = valueFrom;
                    valueEnd[size++] = valueTo;
                }
            }
        }

        /** Drops what began elsewhere, which is behind what began here. */
        void keepOnly(int from) {
            int kept = 0;
            while (kept < size && start[kept] == from) {
                kept++;
            }
            size = kept;
        }
    }
}
