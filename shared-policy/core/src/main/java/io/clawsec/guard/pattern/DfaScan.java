package io.clawsec.guard.pattern;

import java.util.Arrays;
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
    /** Every so many characters it looks whether any match is alive before it asks which. */
    private static final int SAMPLE = 16;
    /** Characters back to which it only asks where matches are alive, not which. */
    private static final int NEAR = 32;

    private final int[] maxLengths;
    private final Alphabet alphabet;
    private final short[] ascii;
    private final Survival survival;
    private final @Nullable Supplier<StateCache> spare;
    private StateCache cache;

    /** Steps that this pass may still make known. */
    private int allowance;

    /** What is known of the text, and the place of its first character. */
    private CharSequence text = "";

    private int base;

    /** Where the pass is: characters read. */
    private int at;

    private int nextBlock = BLOCK;
    /** The first half of a surrogate pair whose second has not come. */
    private char pending;

    /** The state before each character, from the place {@link #trailFrom} on; negative between the halves of a pair. */
    private int[] trail = new int[BLOCK];

    private int trailFrom;

    /** The place before which all is decided. */
    private int decided;

    /** The patterns whose stretch is open, and where it begins. */
    private final Hits open = new Hits();

    private final Hits closed = new Hits();

    /**
     * A pass that has read nothing.
     *
     * @param maxLengths for each pattern the characters within which a match is decided, twice {@value #BLOCK} at least
     * @param allowance steps that the pass may make known
     * @param spare makes caches to go on with when these steps are used up or the cache is full; null: the pass ends
     *     there
     */
    DfaScan(LazyDfa dfa, Survival survival, int[] maxLengths, int allowance, @Nullable Supplier<StateCache> spare) {
        this.cache = dfa.cache();
        this.survival = survival;
        this.alphabet = dfa.alphabet();
        this.ascii = alphabet.ascii();
        this.maxLengths = maxLengths;
        this.allowance = allowance;
        this.spare = spare;
        trail[0] = cache.begin();
    }

    StateCache cache() {
        return cache;
    }

    /** Characters read so far, without half a pair at the end. */
    int at() {
        return at;
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
        text = known;
        base = knownFrom;
    }

    /** Reads a piece; false, and the pass is void, where the text asked for more new steps than it may. */
    boolean append(String piece) {
        int have = at - trailFrom + 1;
        if (trail.length < have + piece.length() + 1) {
            trail = Arrays.copyOf(trail, Math.max(2 * have, have + piece.length() + 1));
        }
        int next = 0;
        while (next < piece.length()) {
            if (at >= nextBlock) {
                openOverlong();
                nextBlock = (at / BLOCK + 1) * BLOCK;
            }
            if (open.size() == 0 && pending == 0) {
                int before = next;
                next = known(piece, next);
                if (next == piece.length() || (next > before && at >= nextBlock)) {
                    continue;
                }
            }
            if (!read(piece.charAt(next++))) {
                return false;
            }
        }
        return true;
    }

    /** Goes on over ASCII as long as every step is known and no pattern ends, to the next block; returns how far. */
    private int known(String piece, int from) {
        int end = Math.min(piece.length(), from + nextBlock - at);
        short[] classes = ascii;
        int[] table = cache.table();
        int[] states = trail;
        int place = at - trailFrom;
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
        at += next - from;
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
        int next = cache.known(state(at), symbol);
        if (next == StateCache.UNKNOWN) {
            next = newStep(symbol);
            if (next == StateCache.FULL) {
                return false;
            }
        }
        if (next < 0) {
            next = -next;
            openEnded(next);
        }
        if (open.size() > 0 && next != state(at)) {
            closeDead(next);
        }
        if (width == 2) {
            trail[++at - trailFrom] = -next;
        }
        trail[++at - trailFrom] = next;
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
        if (at >= nextBlock) {
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
            closed.add(open.pattern(i), open.from(i), at);
        }
        open.clear();
        return true;
    }

    private int newStep(int symbol) {
        int next = allowance-- > 0 ? cache.step(state(at), symbol) : StateCache.FULL;
        if (next == StateCache.FULL && spare != null) {
            moveTo(spare.get());
            next = cache.step(state(at), symbol);
        }
        return next;
    }

    /** Goes on with a cache that has room and that nobody else knows; every stretch that is alive is open then. */
    private void moveTo(StateCache fresh) {
        long[] alive = cache.alive(state(at));
        for (int pattern = next(alive, 0); pattern >= 0; pattern = next(alive, pattern + 1)) {
            if (!open.has(pattern)) {
                open.add(pattern, aliveFrom(pattern), at);
            }
        }
        trail[0] = fresh.adopt(cache, state(at));
        trailFrom = at;
        cache = fresh;
        allowance = Integer.MAX_VALUE;
    }

    private int state(int place) {
        return Math.abs(trail[place - trailFrom]);
    }

    /** Opens a stretch for each pattern that ended here and has none. */
    private void openEnded(int state) {
        for (int pattern : cache.ended(state)) {
            if (!open.has(pattern)) {
                open.add(pattern, aliveFrom(pattern), at);
            }
        }
    }

    /** Opens a stretch for each pattern that may have begun a match so long ago that it must be decided soon. */
    private void openOverlong() {
        if (at - BLOCK < trailFrom) {
            return; // the cache was changed since, and what was alive then is open
        }
        long[] now = cache.alive(state(at));
        long[] then = cache.alive(state(at - BLOCK));
        for (int word = 0; word < now.length; word++) {
            for (long both = now[word] & then[word]; both != 0; both &= both - 1) {
                openIfOverlong(word * Long.SIZE + Long.numberOfTrailingZeros(both));
            }
        }
    }

    private void openIfOverlong(int pattern) {
        int blocks = Math.max(1, maxLengths[pattern] / (LOOKS * BLOCK));
        int longAgo = nextBlock - maxLengths[pattern] + blocks * BLOCK;
        if (longAgo >= earliest()
                && nextBlock / BLOCK % blocks == 0
                && !open.has(pattern)
                && survives(pattern, longAgo)) {
            open.add(pattern, aliveFrom(pattern), at);
        }
    }

    /** A place before which no match began that may be alive and has no stretch. */
    private int earliest() {
        return Math.max(trailFrom, decided);
    }

    /** Whether a match of the pattern that began before the place, or within its pair, may be alive here. */
    private boolean survives(int pattern, int place) {
        int from = trail[place - trailFrom] < 0 ? place + 1 : place;
        for (int later = at; later > from; later -= SAMPLE) {
            if (!cache.alive(state(later), pattern)) {
                return false;
            }
        }
        return survival.reaches(cache, state(from), pattern, text, base, from, at);
    }

    /** The place, or the one before it if it is between the halves of a pair. */
    private int boundary(int place) {
        return place > trailFrom && trail[place - trailFrom] < 0 ? place - 1 : place;
    }

    /** A place before which no match of the pattern began that is alive here, or ended here. */
    private int aliveFrom(int pattern) {
        int from = at;
        int reach = NEAR;
        while (from > earliest() && cache.alive(state(from), pattern)) {
            from = boundary(from - 1);
            if (at - from >= reach) {
                if (!survives(pattern, from)) {
                    return from;
                }
                reach *= 2;
            }
        }
        // A match of one character there is not called alive.
        return from > earliest() ? boundary(from - 1) : from;
    }

    /** Closes the stretches of the patterns that no match takes over the next character. */
    private void closeDead(int next) {
        long[] alive = cache.alive(next);
        for (int i = open.size() - 1; i >= 0; i--) {
            int pattern = open.pattern(i);
            if ((alive[pattern >>> 6] >>> pattern & 1) == 0) {
                closed.add(pattern, open.from(i), at);
                open.remove(i);
            }
        }
    }

    /**
     * From where on it is not known what a match may still take, stretches that are open aside: what is before cannot
     * change any more.
     */
    int undecidedFrom() {
        int from = at == trailFrom ? at : at - 1; // a match of one character may have begun there
        if (from > trailFrom && trail[from - trailFrom] < 0) {
            from--;
        }
        long[] alive = cache.alive(state(at));
        for (int pattern = next(alive, 0); pattern >= 0; pattern = next(alive, pattern + 1)) {
            if (!open.has(pattern)) {
                from = Math.min(from, aliveFrom(pattern));
            }
        }
        return from;
    }

    /** Forgets what is before a place that is decided. */
    void forget(int place) {
        decided = place;
        int gone = Math.min(place, at - BLOCK) - trailFrom;
        if (gone > trail.length / 2) {
            System.arraycopy(trail, gone, trail, 0, at - trailFrom - gone + 1);
            trailFrom += gone;
        }
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
