package io.clawsec.guard.pattern;

/** Tells where the matches began that are alive where a pass is. Not for several threads. */
final class Origins {

    /** Every so many characters it looks whether any match is alive before it asks which. */
    private static final int SAMPLE = 32;
    /** Characters back to which it only asks where matches are alive, not which. */
    private static final int NEAR = 32;

    private final Trail trail;
    private final Survival survival;
    private CharSequence text = "";
    private int base;
    private int decided;

    Origins(Trail trail, Survival survival) {
        this.trail = trail;
        this.survival = survival;
    }

    /**
     * Shows the text, or where it stands now.
     *
     * @param known the text from a place on before which all is decided
     * @param knownFrom the place
     */
    void see(CharSequence known, int knownFrom) {
        text = known;
        base = knownFrom;
    }

    /** Tells that all is decided before the place. */
    void decide(int place) {
        decided = place;
    }

    /** A place before which no match began that may be alive and has no stretch. */
    int earliest() {
        return Math.max(trail.from(), decided);
    }

    /** The last place behind a blank, if one is behind the earliest place and known; else here. */
    int behindBlank(int earliest) {
        int at = trail.at();
        int place = at;
        int first = Math.max(earliest, base);
        while (place > first && text.charAt(place - 1 - base) != ' ') {
            place--;
        }
        return place > first ? place : at;
    }

    /** Whether a match of the pattern that began before the place, or within its pair, may be alive here. */
    boolean survives(StateCache cache, int pattern, int place) {
        int from = trail.isWithinPair(place) ? place + 1 : place;
        for (int later = trail.at(); later > from; later -= SAMPLE) {
            if (!cache.alive(trail.state(later), pattern)) {
                return false;
            }
        }
        return survival.reaches(cache, trail.state(from), pattern, text, base, from, trail.at());
    }

    /** A place before which no match of the pattern began that is alive here, or ended here. */
    int aliveFrom(StateCache cache, int pattern) {
        int at = trail.at();
        int from = at;
        int reach = NEAR;
        while (from > earliest() && cache.alive(trail.state(from), pattern)) {
            from = trail.boundary(from - 1);
            if (at - from >= reach) {
                if (!survives(cache, pattern, from)) {
                    return from;
                }
                reach *= 2;
            }
        }
        // A match of one character there is not called alive.
        return from > earliest() ? trail.boundary(from - 1) : from;
    }
}
