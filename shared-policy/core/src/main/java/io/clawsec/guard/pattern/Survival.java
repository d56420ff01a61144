package io.clawsec.guard.pattern;

/**
 * Tells whether a match that began before one place of a text may still be alive at a later one. Where bait after bait
 * begins a match that soon dies, some match is always alive, but none for long. Safe for any number of threads.
 */
final class Survival {

    /** The automaton in which no match begins. */
    private final LazyDfa going;

    private final short[] ascii;

    /**
     * Survival in the automaton.
     *
     * @param maxCells steps that may be kept, four bytes each
     */
    Survival(Automaton automaton, int maxCells) {
        this.going = new LazyDfa(automaton, 0, -1, maxCells);
        this.ascii = going.alphabet().ascii();
    }

    /**
     * Whether a match may have survived; true also where there is no room to find out.
     *
     * @param state what matches are at where the stretch of text begins
     * @param states where the state is from
     * @param pattern of whose matches it is asked
     * @param text the text, whose first character stands at the base
     * @param from where the stretch begins, between two code points
     * @param to where it ends, likewise
     */
    boolean reaches(StateCache states, int state, int pattern, CharSequence text, int base, int from, int to) {
        StateCache cache = going.cache();
        Alphabet alphabet = going.alphabet();
        int now = cache.adopt(states, state, pattern);
        int[] table = cache.table();
        int at = from;
        while (now != StateCache.FULL && at < to) {
            char character = text.charAt(at - base);
            int step = character < ascii.length ? table[now + ascii[character]] : StateCache.UNKNOWN;
            if (step == StateCache.UNKNOWN) {
                int codePoint = Character.codePointAt(text, at - base);
                int symbol = alphabet.classOf(codePoint);
                step = cache.known(now, symbol);
                step = step == StateCache.UNKNOWN ? cache.step(now, symbol) : step;
                table = cache.table();
                at += Character.charCount(codePoint) - 1;
            }
            at++;
            step = Math.abs(step);
            if (step != now && step != StateCache.FULL && cache.isDead(step)) {
                return false;
            }
            now = step;
        }
        if (now == StateCache.FULL) {
            going.replace(cache);
            return true;
        }
        return !cache.isDead(now);
    }
}
