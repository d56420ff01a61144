package io.clawsec.guard.pattern;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a {@link LazyDfa} over a text, which may come in pieces. What it finds depends on the text alone, not on
 * how it was cut. Not for several threads.
 *
 * <p>It finds stretches: from where matches of a pattern came alive to where none goes on, all of one pattern's matches
 * that touch a stretch lie within it. Those in which the pattern matched are kept, and those in which it may still match
 * when the pattern's bound comes.
 */
final class DfaScan {

    private static final int ASCII = 128;
    /** How often the pass looks for matches that go on too long to be waited for. */
    private static final int BLOCK = 64;
    /** How often it looks for those of one pattern: so many times while one goes on to its bound. */
    private static final int LOOKS = 4;

    private final int[] maxLengths;
    private final Alphabet alphabet;
    private final short[] ascii;
    private final Trail trail;
    private final Origins origins;
    private final @Nullable Supplier<StateCache> spare;
    private StateCache cache;

    /** Steps that this pass may still make known. */
    private int allowance;

    private int nextBlock = BLOCK;
    /** The first half of a surrogate pair whose second has not come. */
    private char pending;

    /** The patterns whose stretch is open, and where it begins. */
    private final Hits open = new Hits();

    /** The states that neither open nor close a stretch, as long as the same are open; who comes to one reads on. */
    private final QuietStates quiet = new QuietStates();

    private final Hits closed = new Hits();

    /**
     * A pass that has read nothing.
     *
     * @param trail what it shall write its states to, for nobody else meanwhile
     * @param maxLengths for each pattern the characters within which a match is decided, twice {@value #BLOCK} at least
     * @param allowance steps that the pass may make known
     * @param spare makes caches to go on with when these steps are used up or the cache is full; null: the pass ends
     *     there
     */
    DfaScan(
            LazyDfa dfa,
            Survival survival,
            Trail trail,
            int[] maxLengths,
            int allowance,
            @Nullable Supplier<StateCache> spare) {
        this.cache = dfa.cache();
        this.trail = trail;
        this.origins = new Origins(trail, survival);
        this.alphabet = dfa.alphabet();
        this.ascii = alphabet.ascii();
        this.maxLengths = maxLengths;
        this.allowance = allowance;
        this.spare = spare;
        trail.begin(0, cache.begin());
    }

    StateCache cache() {
        return cache;
    }

    /** Characters read so far, without half a pair at the end. */
    int at() {
        return trail.at();
    }

    /** The stretches closed since they were last cleared, in the order in which they closed. */
    Hits closed() {
        return closed;
    }

    /** The stretches that are open now; their ends are not known. */
    Hits open() {
        return open;
    }

    /**
     * Shows the text that it is to read, or where it stands now.
     *
     * @param known the text from a place on before which all is decided
     * @param knownFrom the place
     */
    void see(CharSequence known, int knownFrom) {
        origins.see(known, knownFrom);
    }

    /** Reads a piece; false, and the pass is void, where the text asked for more new steps than it may. */
    boolean append(String piece) {
        trail.reserve(piece.length());
        int next = 0;
        while (next < piece.length()) {
            if (trail.at() >= nextBlock) {
                openOverlong();
                nextBlock = (trail.at() / BLOCK + 1) * BLOCK;
            }
            if (pending == 0) {
                int before = next;
                next = known(piece, next);
                if (next == piece.length() || (next > before && trail.at() >= nextBlock)) {
                    continue;
                }
            }
            if (!read(piece.charAt(next++))) {
                return false;
            }
        }
        return true;
    }

    /** Goes on over ASCII as long as every step is known and changes nothing, to the next block; returns how far. */
    private int known(String piece, int from) {
        int end = Math.min(piece.length(), from + nextBlock - trail.at());
        int next = open.size() == 0 ? known(piece, from, end) : quiet(piece, from, end);
        trail.advance(next - from);
        return next;
    }

    /** The loop that reads nearly all text, where no stretch is open: each step that is known, and ends nothing. */
    private int known(String piece, int from, int end) {
        short[] classes = ascii;
        int[] table = cache.table();
        int[] states = trail.states();
        int place = trail.last();
        int state = states[place];
        int next = from;
        while (next < end) {
            char character = piece.charAt(next);
            if (character >= ASCII) {
                break;
            }
            int step = table[state + classes[character]];
            if (step <= 0) {
                break;
            }
            state = step;
            states[++place] = step;
            next++;
        }
        return next;
    }

    /** The same where stretches are open: each step to a state that is quiet, or turns out to be. */
    private int quiet(String piece, int from, int end) {
        short[] classes = ascii;
        int[] table = cache.table();
        int[] states = trail.states();
        int place = trail.last();
        int state = states[place];
        int next = from;
        while (next < end) {
            char character = piece.charAt(next);
            if (character >= ASCII) {
                break;
            }
            int step = table[state + classes[character]];
            state = Math.abs(step);
            if (!quiet.has(state)) {
                if (step <= 0 || !keepsOpen(step)) {
                    break;
                }
                quiet.add(state);
            }
            states[++place] = state;
            next++;
        }
        return next;
    }

    private boolean read(char character) {
        if (pending != 0) {
            char high = pending;
            pending = 0;
            if (Character.isLowSurrogate(character)) {
                return take(Character.toCodePoint(high, character), 2);
            }
            if (!take(high, 1)) {
                return false;
            }
        }
        if (Character.isHighSurrogate(character)) {
            pending = character;
            return true;
        }
        return take(character, 1);
    }

    private boolean take(int codePoint, int width) {
        int symbol = alphabet.classOf(codePoint);
        int next = cache.known(state(), symbol);
        if (next == StateCache.UNKNOWN) {
            next = newStep(symbol);
            if (next == StateCache.FULL) {
                return false;
            }
        }
        boolean changes = next < 0 && openEnded(-next);
        next = Math.abs(next);
        if (open.size() > 0 && !closeDead(next) && !changes) {
            quiet.add(next);
        }
        trail.add(next, width);
        return true;
    }

    /** Reads the text's end; false where that asked for more new steps than it may. */
    boolean finish() {
        if (pending != 0) {
            char high = pending;
            pending = 0;
            if (!take(high, 1)) {
                return false;
            }
        }
        if (trail.at() >= nextBlock) {
            openOverlong();
        }
        int next = newStep(alphabet.end());
        if (next == StateCache.FULL) {
            return false;
        }
        if (next < 0) {
            openEnded(-next);
        }
        for (int i = 0; i < open.size(); i++) {
            closed.add(open.pattern(i), open.from(i), trail.at());
        }
        open.clear();
        return true;
    }

    private int newStep(int symbol) {
        int next = allowance-- > 0 ? cache.step(state(), symbol) : StateCache.FULL;
        if (next == StateCache.FULL && spare != null) {
            moveTo(spare.get());
            next = cache.step(state(), symbol);
        }
        return next;
    }

    /** Goes on with a cache that has room and that nobody else knows; every stretch that is alive is open then. */
    private void moveTo(StateCache fresh) {
        long[] alive = cache.alive(state());
        for (int pattern = next(alive, 0); pattern >= 0; pattern = next(alive, pattern + 1)) {
            if (!open.has(pattern)) {
                open(pattern);
            }
        }
        quiet.clear();
        trail.begin(trail.at(), fresh.adopt(cache, state()));
        cache = fresh;
        allowance = Integer.MAX_VALUE;
    }

    /** The state here. */
    private int state() {
        return trail.state(trail.at());
    }

    /** Opens a stretch for each pattern that ended here and has none; whether there was one. */
    private boolean openEnded(int state) {
        boolean opened = false;
        for (int pattern : cache.ended(state)) {
            if (!open.has(pattern)) {
                open(pattern);
                opened = true;
            }
        }
        return opened;
    }

    private void open(int pattern) {
        open.add(pattern, origins.aliveFrom(cache, pattern), trail.at());
        quiet.clear();
    }

    /**
     * Opens a stretch for each pattern that may have begun a match so long ago that it must be decided soon: one that is
     * alive behind the last blank, here, nearly a block ago, and twice in between. A whole block ago a match that ends
     * before the next look may not have been alive, for its first character does not count.
     */
    private void openOverlong() {
        int at = trail.at();
        if (at - BLOCK < trail.from()) {
            return; // the cache was changed since, and what was alive then is open
        }
        int earliest = at - BLOCK + BLOCK / 8;
        long[] between = cache.alive(trail.state(origins.behindBlank(earliest))); // few patterns go on over one
        long[] then = cache.alive(trail.state(earliest));
        for (int word = 0; word < then.length; word++) {
            if ((between[word] & then[word]) != 0) {
                openOverlong(word, between[word] & then[word]);
            }
        }
    }

    private void openOverlong(int word, long alive) {
        int at = trail.at();
        long[] now = cache.alive(trail.state(at));
        long[] lately = cache.alive(trail.state(at - BLOCK / 4));
        long[] before = cache.alive(trail.state(at - BLOCK / 2));
        for (long all = alive & now[word] & lately[word] & before[word]; all != 0; all &= all - 1) {
            openIfOverlong(word * Long.SIZE + Long.numberOfTrailingZeros(all));
        }
    }

    private void openIfOverlong(int pattern) {
        int blocks = Math.max(1, maxLengths[pattern] / (LOOKS * BLOCK));
        int longAgo = nextBlock - maxLengths[pattern] + blocks * BLOCK;
        if (longAgo >= origins.earliest()
                && nextBlock / BLOCK % blocks == 0
                && !open.has(pattern)
                && origins.survives(cache, pattern, longAgo)) {
            open(pattern);
        }
    }

    /** Whether matches of all patterns that have an open stretch go on to the state. */
    private boolean keepsOpen(int state) {
        long[] alive = cache.alive(state);
        for (int i = 0; i < open.size(); i++) {
            int pattern = open.pattern(i);
            if ((alive[pattern >>> 6] >>> pattern & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Closes the stretches of the patterns that no match takes over the next character; whether there was one. */
    private boolean closeDead(int next) {
        int before = open.size();
        long[] alive = cache.alive(next);
        for (int i = open.size() - 1; i >= 0; i--) {
            int pattern = open.pattern(i);
            if ((alive[pattern >>> 6] >>> pattern & 1) == 0) {
                closed.add(pattern, open.from(i), trail.at());
                open.remove(i);
            }
        }
        if (open.size() == before) {
            return false;
        }
        quiet.clear();
        return true;
    }

    /**
     * From where on it is not known what a match may still take, stretches that are open aside: what is before cannot
     * change any more.
     */
    int undecidedFrom() {
        int at = trail.at();
        int from = at == trail.from() ? at : trail.boundary(at - 1); // a match of one character may have begun there
        long[] alive = cache.alive(state());
        for (int pattern = next(alive, 0); pattern >= 0; pattern = next(alive, pattern + 1)) {
            if (!open.has(pattern)) {
                from = Math.min(from, origins.aliveFrom(cache, pattern));
            }
        }
        return from;
    }

    /** Forgets what is before a place that is decided. */
    void forget(int place) {
        origins.decide(place);
        trail.forget(Math.min(place, trail.at() - BLOCK));
    }

    private static int next(long[] bits, int from) {
        for (int bit = from; bit < bits.length * Long.SIZE; bit++) {
            long rest = bits[bit / Long.SIZE] >>> bit;
            if (rest != 0) {
                return bit + Long.numberOfTrailingZeros(rest);
            }
            bit |= Long.SIZE - 1;
        }
        return -1;
    }
}
