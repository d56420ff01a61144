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

    /** The states that neither open nor close a stretch, as long as the same are open; who comes to one reads on. */
    private final QuietStates quiet = new QuietStates();

    Stretches(Trail trail, Origins origins) {
        this.trail = trail;
        this.origins = origins;
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
        return open.has(pattern);
    }

    boolean isNoneOpen() {
        return open.size() == 0;
    }

    /** Opens the pattern's, from where its matches that are alive here may have begun. */
    void open(StateCache cache, int pattern) {
        open.add(pattern, origins.aliveFrom(cache, pattern), trail.at());
        quiet.clear();
    }

    /** Takes a step known to the cache: opens what ended in it, unless it is open, and closes what it leaves behind. */
    void step(StateCache cache, int step) {
        boolean opened = step < 0 && openEnded(cache, -step);
        int state = Math.abs(step);
        if (!isNoneOpen() && !closeDead(cache, state) && !opened) {
            quiet.add(state);
        }
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
        quiet.clear();
    }

    /** Whether a step, which is known unless it is 0, neither opens nor closes any of them. */
    boolean isQuiet(StateCache cache, int step) {
        int state = Math.abs(step);
        if (quiet.has(state)) {
            return true;
        }
        if (step <= 0 || !keepsOpen(cache.alive(state))) {
            return false;
        }
        quiet.add(state);
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

    /** Closes those of the patterns that no match takes over the next character; whether there was one. */
    private boolean closeDead(StateCache cache, int next) {
        int before = open.size();
        long[] alive = cache.alive(next);
        for (int i = open.size() - 1; i >= 0; i--) {
            if (!Bits.has(alive, open.pattern(i))) {
                closed.add(open.pattern(i), open.from(i), trail.at());
                open.remove(i);
            }
        }
        if (open.size() == before) {
            return false;
        }
        quiet.clear();
        return true;
    }

    /** Closes all of them here. */
    void closeAll() {
        for (int i = 0; i < open.size(); i++) {
            closed.add(open.pattern(i), open.from(i), trail.at());
        }
        open.clear();
    }
}
