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

    private final Alphabet alphabet;
    private final short[] ascii;
    private final Trail trail;
    private final Origins origins;
    private final Stretches stretches;
    private final LongMatches longMatches;
    private final @Nullable Supplier<StateCache> spare;
    private StateCache cache;

    /** Steps that this pass may still make known. */
    private int allowance;

    /** The first half of a surrogate pair whose second has not come. */
    private char pending;

    /**
     * A pass that has read nothing.
     *
     * @param workspace what it shall write to, for nobody else meanwhile
     * @param maxLengths for each pattern the characters within which a match is decided, twice {@value LongMatches#BLOCK} at least
     * @param allowance steps that the pass may make known
     * @param spare makes caches to go on with when these steps are used up or the cache is full; null: the pass ends
     *     there
     */
    DfaScan(
            LazyDfa dfa,
            Survival survival,
            Workspace workspace,
            int[] maxLengths,
            int allowance,
            @Nullable Supplier<StateCache> spare) {
        this.cache = dfa.cache();
        this.trail = workspace.trail();
        this.origins = new Origins(trail, survival);
        this.stretches = new Stretches(trail, origins, maxLengths.length, workspace.quiet());
        this.longMatches = new LongMatches(maxLengths, trail, origins, stretches);
        this.alphabet = dfa.alphabet();
        this.ascii = alphabet.ascii();
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
        return stretches.closed();
    }

    /** The stretches that are open now; their ends are not known. */
    Hits open() {
        return stretches.open();
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
            longMatches.look(cache);
            if (pending == 0) {
                int before = next;
                next = known(piece, next);
                if (next == piece.length() || (next > before && longMatches.charactersToNext() <= 0)) {
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
        int end = Math.min(piece.length(), from + longMatches.charactersToNext());
        int next = stretches.isNoneOpen() ? known(piece, from, end) : quiet(piece, from, end);
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
            if (!stretches.isQuiet(cache, step)) {
                break;
            }
            state = Math.abs(step);
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
            longMatches.look(cache); // the half may have been the last character before a look
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
        stretches.step(cache, next);
        trail.add(Math.abs(next), width);
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
        longMatches.look(cache);
        int next = newStep(alphabet.end());
        if (next == StateCache.FULL) {
            return false;
        }
        if (next < 0) {
            stretches.openEnded(cache, -next);
        }
        stretches.closeAll();
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
        stretches.openAlive(cache, state());
        trail.begin(trail.at(), fresh.adopt(cache, state()));
        cache = fresh;
        allowance = Integer.MAX_VALUE;
    }

    /** The state here. */
    private int state() {
        return trail.state(trail.at());
    }

    /**
     * From where on it is not known what a match may still take, stretches that are open aside: what is before cannot
     * change any more.
     */
    int undecidedFrom() {
        int at = trail.at();
        int from = at == trail.from() ? at : trail.boundary(at - 1); // a match of one character may have begun there
        long[] alive = cache.alive(state());
        for (int pattern = Bits.next(alive, 0); pattern >= 0; pattern = Bits.next(alive, pattern + 1)) {
            if (!stretches.isOpen(pattern)) {
                from = Math.min(from, origins.aliveFrom(cache, pattern));
            }
        }
        return from;
    }

    /** Forgets what is before a place that is decided. */
    void forget(int place) {
        origins.decide(place);
        trail.forget(Math.min(place, trail.at() - LongMatches.BLOCK));
    }
}
