package io.clawsec.guard.pattern;

/**
 * The stretches that a pass has opened and closed: from where matches of a pattern came alive to where none goes on. Not
 * for several threads.
 */
final class Stretches {

    private final Trail trail;
    private final Origins origins;

    /** The patterns whose stretch is open, and where it begins. */
    private final Hits open = new Hits();

    private final Hits closed = new Hits();

    /** The patterns whose stretch is open, as bits. */
    private final long[] openPatterns;

    /** The states that neither open nor close a stretch where the same are open; who comes to one reads on. */
    private final QuietStates quiet;

    /** Whether others are open than those that were shown to it. */
    private boolean changed = true;

    /**
     * None.
     *
     * @param patterns how many there are
     * @param quiet of any pass before, for nobody else meanwhile
     */
    Stretches(Trail trail, Origins origins, int patterns, QuietStates quiet) {
        this.trail = trail;
        this.origins = origins;
        this.openPatterns = new long[(patterns >>> 6) + 1];
        this.quiet = quiet;
    }

    /** Those that are open now; their ends are not known. */
    Hits open() {
        return open;
    }

    /** Those closed since they were last cleared, in the order in which they closed. */
    Hits closed() {
        return closed;
    }

    boolean isOpen(int pattern) {
        return Bits.has(openPatterns, pattern);
    }

    boolean isNoneOpen() {
        return open.size() == 0;
    }

    /** Opens the pattern's, from where its matches that are alive here may have begun. */
    void open(StateCache cache, int pattern) {
        open.add(pattern, origins.aliveFrom(cache, pattern), trail.at());
        flip(pattern);
    }

    /** Takes a step known to the cache: opens what ended in it, unless it is open, and closes what it leaves behind. */
    void step(StateCache cache, int step) {
        boolean opened = step < 0 && openEnded(cache, -step);
        int state = Math.abs(step);
        if (!isNoneOpen() && !closeDead(cache, state) && !opened) {
            quiet(cache).add(cache.number(state));
        }
    }

    private QuietStates quiet(StateCache cache) {
        if (changed) {
            quiet.show(cache, openPatterns);
            changed = false;
        }
        return quiet;
    }

    /** Opens what was not, or closes it. */
    private void flip(int pattern) {
        openPatterns[pattern >>> 6] ^= 1L << pattern;
        changed = true;
    }

    /** Opens one for each pattern that ended before the state and has none; whether there was one. */
    boolean openEnded(StateCache cache, int state) {
        boolean opened = false;
        for (int pattern : cache.ended(state)) {
            if (!isOpen(pattern)) {
                open(cache, pattern);
                opened = true;
            }
        }
        return opened;
    }

    /** Opens one for each pattern that is alive in the state and has none. */
    void openAlive(StateCache cache, int state) {
        long[] alive = cache.alive(state);
        for (int pattern = Bits.next(alive, 0); pattern >= 0; pattern = Bits.next(alive, pattern + 1)) {
            if (!isOpen(pattern)) {
                open(cache, pattern);
            }
        }
        changed = true; // for another cache's states
    }

    /** Whether a step, which is known unless it is 0, neither opens nor closes any of them. */
    boolean isQuiet(StateCache cache, int step) {
        int number = cache.number(Math.abs(step));
        if (quiet(cache).has(number)) {
            return true;
        }
        if (step == StateCache.UNKNOWN || !keepsOpen(cache.alive(Math.abs(step))) || step < 0 && opens(cache, -step)) {
            return false;
        }
        quiet.add(number);
        return true;
    }

    private boolean keepsOpen(long[] alive) {
        for (int i = 0; i < open.size(); i++) {
            if (!Bits.has(alive, open.pattern(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a pattern ended before the state that has none open. */
    private boolean opens(StateCache cache, int state) {
        for (int pattern : cache.ended(state)) {
            if (!isOpen(pattern)) {
                return true;
            }
        }
        return false;
    }

    /** Closes those of the patterns that no match takes over the next character; whether there was one. */
    private boolean closeDead(StateCache cache, int next) {
        int before = open.size();
        long[] alive = cache.alive(next);
        for (int i = open.size() - 1; i >= 0; i--) {
            if (!Bits.has(alive, open.pattern(i))) {
                closed.add(open.pattern(i), open.from(i), trail.at());
                flip(open.pattern(i));
                open.remove(i);
            }
        }
        return open.size() < before;
    }

    /** Closes all of them here. */
    void closeAll() {
        for (int i = 0; i < open.size(); i++) {
            closed.add(open.pattern(i), open.from(i), trail.at());
            flip(open.pattern(i));
        }
        open.clear();
    }
}
