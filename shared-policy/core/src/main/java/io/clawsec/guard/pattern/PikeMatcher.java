package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    private static final int ASCII = 128;

    private final Program program;
    private final MatchStates states;
    private final int maxLength;
    private @Nullable MatchStepper stepper;

    private MatchState state;

    /** For each group of the state where it began, and where its span begins and ends, or -1. */
    private int[] places = new int[12];

    private int[] others = new int[12];

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
     * @param states the program's states
     * @param maxLength characters within which a match is decided, at least 1
     */
    PikeMatcher(Program program, MatchStates states, int maxLength) {
        this.program = program;
        this.states = states;
        this.maxLength = maxLength;
        this.state = states.begin(Neighbour.NOTHING);
    }

    /** Starts a search for the first match that begins at the place or later. */
    void begin(int place, Neighbour standingBefore) {
        at = place;
        state = states.begin(standingBefore);
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
            run(text, base, known, last);
            if (state.isEmpty() && (matched || at >= last)) {
                return true;
            }
            if (at == known) {
                if (!ended) {
                    return false;
                }
                step(program.end(), last);
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

    /** Goes on over steps that are known and only move what is there, to a place where something may be decided. */
    private void run(CharSequence text, int base, int known, int last) {
        MatchStates.Mode mode = mode(last);
        if (state.isEmpty() && mode != MatchStates.Mode.SEARCH) {
            return;
        }
        int end = mode == MatchStates.Mode.SEARCH ? Math.min(known, last) : known;
        if (!swallowing && !state.isEmpty()) {
            end = Math.min(end, places[0] + maxLength - 1);
        }
        int firstOfMode = states.firstOf(mode);
        while (at < end) {
            at = still(text, base, end, mode);
            char character = at < end ? text.charAt(at - base) : ASCII;
            MatchStep step = character < ASCII ? state.step(firstOfMode + program.classOfAscii(character)) : null;
            if (step == null || !step.isQuiet()) {
                return;
            }
            take(step);
            at++;
        }
    }

    /** The place of the next character that changes anything, as far as is known. */
    private int still(CharSequence text, int base, int end, MatchStates.Mode mode) {
        long low = state.stillLow(mode);
        long high = state.stillHigh(mode);
        if ((low | high) == 0) {
            return at;
        }
        int place = at;
        while (place < end) {
            char character = text.charAt(place - base);
            long still = character < Long.SIZE ? low : character < ASCII ? high : 0;
            if ((still >>> character & 1) == 0) {
                break;
            }
            place++;
        }
        steps += (long) (place - at) * MatchStep.costFrom(state);
        return place;
    }

    private void read(int codePoint, int last) {
        step(program.classOf(codePoint), last);
        if (state.isEmpty()) {
            closeSwallowed();
        }
        at += Character.charCount(codePoint);
        if (!swallowing && !state.isEmpty() && at - places[0] >= maxLength) {
            decide();
        }
    }

    /** The oldest place where a match may have begun that is not decided yet; {@link Integer#MAX_VALUE}: there is none. */
    int undecidedFrom() {
        int begun = state.isEmpty() ? Integer.MAX_VALUE : places[0];
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
        return swallowing && (valueStart < 0 || valueEnd < valueStart) ? at : valueEnd;
    }

    /** What reading has cost since this was last asked: its threads, counted at each character. */
    long takeSteps() {
        long taken = steps;
        steps = 0;
        return taken;
    }

    /** The oldest match has come to its bound: whatever it is, it is taken, and what can go on of it goes on. */
    private void decide() {
        int oldest = places[0];
        boolean decided = matched && matchStart == oldest;
        if (!decided || places[1] >= 0) {
            valueStart = places[1];
            valueEnd = places[2];
        }
        matched = true;
        matchStart = oldest;
        swallowing = true;
        int groups = 1;
        while (groups < state.groups() && places[3 * groups] == oldest) {
            groups++;
        }
        if (groups < state.groups()) {
            state = states.kept(state.first(groups));
        }
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

    private void step(int programClass, int last) {
        MatchStates.Mode mode = mode(last);
        MatchStep known = state.step(states.firstOf(mode) + programClass);
        MatchStep step = known == null ? states.make(state, mode, programClass, stepper()) : known;
        if (step.accepted() != MatchStep.NONE) {
            accept(step.accepted());
        }
        take(step);
    }

    private void take(MatchStep step) {
        steps += step.cost();
        if (!step.isEven()) {
            move(step);
        }
        state = step.to();
    }

    private MatchStates.Mode mode(int last) {
        if (swallowing) {
            return MatchStates.Mode.SWALLOW;
        }
        return matched || at >= last ? MatchStates.Mode.FINISH : MatchStates.Mode.SEARCH;
    }

    private void accept(int origin) {
        matched = true;
        matchStart = startOf(origin);
        matchEnd = at;
        valueStart = spanStartOf(origin);
        valueEnd = spanEndOf(origin);
    }

    /** Moves the places of the groups: those that only change their numbers together, the others one by one. */
    private void move(MatchStep step) {
        int groups = step.to().groups();
        int kept = step.kept();
        if (places.length < 3 * groups) {
            places = Arrays.copyOf(places, 6 * groups);
            others = new int[6 * groups];
        }
        int count = 0;
        for (int group = kept; group < groups; group++) {
            int origin = step.originOf(group);
            others[count++] = startOf(origin);
            others[count++] = spanStartOf(origin);
            others[count++] = spanEndOf(origin);
        }
        if (step.keptFrom() > 0) {
            System.arraycopy(places, 3 * step.keptFrom(), places, 0, 3 * kept);
        }
        System.arraycopy(others, 0, places, 3 * kept, count);
    }

    private int startOf(int origin) {
        int group = MatchStep.group(origin);
        return group < 0 ? at : places[3 * group];
    }

    private int spanStartOf(int origin) {
        int group = MatchStep.group(origin);
        return MatchStep.startsSpan(origin) ? at : group < 0 ? -1 : places[3 * group + 1];
    }

    private int spanEndOf(int origin) {
        int group = MatchStep.group(origin);
        return MatchStep.endsSpan(origin) ? at : group < 0 ? -1 : places[3 * group + 2];
    }

    private MatchStepper stepper() {
        if (stepper == null) {
            stepper = new MatchStepper(program);
        }
        return stepper;
    }
}
