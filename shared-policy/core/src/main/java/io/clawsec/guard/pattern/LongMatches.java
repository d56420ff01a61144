package io.clawsec.guard.pattern;

/**
 * Opens stretches for matches that go on too long to be waited for: those that come to their pattern's bound are decided
 * there, so where they began must be known before. Not for several threads.
 */
final class LongMatches {

    /** How often it looks for them. */
    static final int BLOCK = 64;
    /** How often it looks for those of one pattern: so many times while one goes on to its bound. */
    private static final int LOOKS = 4;

    private final int[] maxLengths;
    private final Trail trail;
    private final Origins origins;
    private final Stretches stretches;

    /** The place at which it looks next. */
    private int nextBlock = BLOCK;

    /**
     * Looks for the long matches of one pass.
     *
     * @param maxLengths for each pattern the characters within which a match is decided, twice {@value #BLOCK} at least
     */
    LongMatches(int[] maxLengths, Trail trail, Origins origins, Stretches stretches) {
        this.maxLengths = maxLengths;
        this.trail = trail;
        this.origins = origins;
        this.stretches = stretches;
    }

    /** Characters that may be read before it must look. */
    int charactersToNext() {
        return nextBlock - trail.at();
    }

    /**
     * Looks, if it is time, for each pattern that may have begun a match so long ago that it must be decided soon: one that
     * is alive behind the last blank, here, nearly a block ago, and twice in between. A whole block ago a match that ends
     * before the next look may not have been alive, for its first character does not count.
     */
    void look(StateCache cache) {
        int at = trail.at();
        if (at < nextBlock) {
            return;
        }
        if (at - BLOCK >= trail.from()) { // else the cache was changed since, and what was alive then is open
            int earliest = at - BLOCK + BLOCK / 8;
            long[] between = cache.alive(trail.state(origins.behindBlank(earliest))); // few patterns go on over one
            long[] then = cache.alive(trail.state(earliest));
            for (int word = 0; word < then.length; word++) {
                if ((between[word] & then[word]) != 0) {
                    look(cache, word, between[word] & then[word]);
                }
            }
        }
        nextBlock = (at / BLOCK + 1) * BLOCK;
    }

    private void look(StateCache cache, int word, long alive) {
        int at = trail.at();
        long[] now = cache.alive(trail.state(at));
        long[] lately = cache.alive(trail.state(at - BLOCK / 4));
        long[] before = cache.alive(trail.state(at - BLOCK / 2));
        for (long all = alive & now[word] & lately[word] & before[word]; all != 0; all &= all - 1) {
            int pattern = word * Long.SIZE + Long.numberOfTrailingZeros(all);
            if (isLong(cache, pattern)) {
                stretches.open(cache, pattern);
            }
        }
    }

    private boolean isLong(StateCache cache, int pattern) {
        int blocks = Math.max(1, maxLengths[pattern] / (LOOKS * BLOCK));
        int longAgo = nextBlock - maxLengths[pattern] + blocks * BLOCK;
        return longAgo >= origins.earliest()
                && nextBlock / BLOCK % blocks == 0
                && !stretches.isOpen(pattern)
                && origins.survives(cache, pattern, longAgo);
    }
}
