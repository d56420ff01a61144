package io.clawsec.guard.pattern;

import java.util.Arrays;

/** One pass of a {@link LazyDfa} over a text. Not for several threads. */
final class DfaScan {

    private static final int ASCII = 128;
    /** How often the pass looks for matches that go on too long to be waited for. */
    private static final int BLOCK = 64;

    private final StateCache cache;
    private final Alphabet alphabet;
    private final short[] ascii;
    private final String text;
    private final int[] maxLengths;
    private final Hits hits;

    /** Steps that this pass may still make known. */
    private int allowance;

    /** The state before each character, and after the last. */
    private final int[] trail;

    /** The patterns of which a match was seen that may still go on, and where their stretches begin. */
    private int[] open = new int[8];

    private int[] openFrom = new int[8];
    private int openCount;

    /**
     * A pass that has read nothing.
     *
     * @param maxLengths for each pattern the characters within which a match is decided, {@value #BLOCK} twice at least
     * @param hits takes the stretches to look at: those where a pattern matched, and those where one may still match
     *     when its bound comes
     * @param allowance steps that the pass may make known
     */
    DfaScan(LazyDfa dfa, String text, int[] maxLengths, Hits hits, int allowance) {
        this.cache = dfa.cache();
        this.alphabet = dfa.alphabet();
        this.ascii = alphabet.ascii();
        this.text = text;
        this.maxLengths = maxLengths;
        this.hits = hits;
        this.allowance = allowance;
        this.trail = new int[text.length() + 1];
    }

    StateCache cache() {
        return cache;
    }

    /** Whether the pass came to the end: not where the text asked for more new steps than it may. */
    boolean run() {
        int length = text.length();
        trail[0] = cache.begin();
        int at = known(0);
        while (at < length) {
            if (at % BLOCK == 0) {
                openOverlong(at);
            }
            int state = trail[at];
            char character = text.charAt(at);
            int symbol = character < ASCII ? ascii[character] : alphabet.classOf(text.codePointAt(at));
            int next = cache.table()[state + symbol];
            if (next == StateCache.UNKNOWN) {
                next = newStep(state, symbol);
                if (next == StateCache.FULL) {
                    return false;
                }
            }
            if (next < 0) {
                next = -next;
                open(next, at);
            }
            if (openCount > 0) {
                closeDead(next, at);
            }
            trail[++at] = next;
            if (Character.isHighSurrogate(character) && at < length && Character.isLowSurrogate(text.charAt(at))) {
                trail[++at] = next;
            }
            if (openCount == 0 && at % BLOCK != 0) {
                at = known(at);
            }
        }
        return end(trail[length]);
    }

    /** Goes on over ASCII as long as every step is known and no pattern ends, to the next block; returns how far. */
    private int known(int from) {
        String over = text;
        int length = Math.min(over.length(), (from / BLOCK + 1) * BLOCK);
        short[] classes = ascii;
        int[] table = cache.table();
        int[] states = trail;
        int state = states[from];
        int at = from;
        while (at < length) {
            char character = over.charAt(at);
            if (character >= ASCII) {
                return at;
            }
            int next = table[state + classes[character]];
            if (next <= 0) {
                return at;
            }
            state = next;
            states[++at] = next;
        }
        return at;
    }

    private boolean end(int state) {
        int next = newStep(state, alphabet.end());
        if (next == StateCache.FULL) {
            return false;
        }
        if (next < 0) {
            open(-next, text.length());
        }
        for (int i = 0; i < openCount; i++) {
            hits.add(open[i], openFrom[i], text.length());
        }
        return true;
    }

    private int newStep(int state, int symbol) {
        return allowance-- > 0 ? cache.step(state, symbol) : StateCache.FULL;
    }

    /** Opens a stretch for each pattern that ended at the place and has none. */
    private void open(int state, int at) {
        for (int pattern : cache.ended(state)) {
            if (!isOpen(pattern)) {
                open(pattern, at, 0);
            }
        }
    }

    /** Opens a stretch for each pattern that may have begun a match so long ago that it must be decided soon. */
    private void openOverlong(int at) {
        if (at < BLOCK) {
            return;
        }
        long[] alive = cache.aliveInBoth(trail[at], trail[at - BLOCK]);
        for (int word = 0; word < alive.length; word++) {
            for (long bits = alive[word]; bits != 0; bits &= bits - 1) {
                int pattern = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                if (!isOpen(pattern)) {
                    open(pattern, at, maxLengths[pattern] - BLOCK);
                }
            }
        }
    }

    /** Opens a stretch from where the pattern came alive, unless it is shorter than asked. */
    private void open(int pattern, int at, int atLeast) {
        int from = at;
        while (from > 0 && cache.alive(trail[from], pattern)) {
            from--;
        }
        if (from > 0) {
            from -= Character.charCount(text.codePointBefore(from)); // what is one character long is not called alive
        }
        if (at - from < atLeast) {
            return;
        }
        if (openCount == open.length) {
            open = Arrays.copyOf(open, 2 * openCount);
            openFrom = Arrays.copyOf(openFrom, 2 * openCount);
        }
        open[openCount] = pattern;
        openFrom[openCount++] = from;
    }

    private boolean isOpen(int pattern) {
        for (int i = 0; i < openCount; i++) {
            if (open[i] == pattern) {
                return true;
            }
        }
        return false;
    }

    /** Closes the stretches of the patterns that no match takes past the place. */
    private void closeDead(int state, int at) {
        int kept = 0;
        for (int i = 0; i < openCount; i++) {
            if (cache.alive(state, open[i])) {
                open[kept] = open[i];
                openFrom[kept++] = openFrom[i];
            } else {
                hits.add(open[i], openFrom[i], at);
            }
        }
        openCount = kept;
    }
}
