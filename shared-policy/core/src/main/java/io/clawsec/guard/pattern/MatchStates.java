package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.HashMap;
import java.util.Map;

/**
 * The states and steps of one program that texts have asked for so far. Safe for any number of threads: what is known is
 * read without a lock.
 *
 * <p>What it keeps is bounded. Past that a step is made each time it is asked for, which costs what it would cost without
 * this class; and who begins a search then begins with an empty one.
 */
final class MatchStates {

    /** Places of kept states and steps known from them, some eight bytes each. */
    private static final int MAX_PLACES = 40_000;

    private final Program program;
    private final int room;
    private final Map<MatchState, MatchState> kept = new HashMap<>();
    private final MatchState[] beginnings = new MatchState[Neighbour.values().length];
    private int places;
    private volatile boolean full;

    MatchStates(Program program) {
        this.program = program;
        this.room = Mode.values().length * program.classes();
        for (Neighbour before : Neighbour.values()) {
            beginnings[before.ordinal()] = kept(new MatchState(new int[0], new int[0], 0, before));
        }
    }

    /** What a search does where it stands. */
    enum Mode {
        /** Matches begin and end. */
        SEARCH,
        /** Matches end, and none begins. */
        FINISH,
        /** Matches go on, and neither begin nor end. */
        SWALLOW
    }

    /** Whether nothing more is kept. */
    boolean full() {
        return full;
    }

    /** The state in which no match has begun. */
    MatchState begin(Neighbour before) {
        return beginnings[before.ordinal()];
    }

    /** The kept state that is equal, or the state itself where nothing more is kept. */
    synchronized MatchState kept(MatchState state) {
        MatchState known = kept.get(state);
        if (known != null) {
            return known;
        }
        int more = room + 2 * state.size();
        if (places + more > MAX_PLACES) {
            full = true;
            return state;
        }
        places += more;
        MatchState fresh = state.kept(room);
        kept.put(fresh, fresh);
        return fresh;
    }

    /** The place of the mode's first step among those known from a state; one for each of the program's classes. */
    int firstOf(Mode mode) {
        return mode.ordinal() * program.classes();
    }

    /** Makes the step, and remembers it if its states are kept. */
    MatchStep make(MatchState from, Mode mode, int programClass, MatchStepper stepper) {
        MatchStep step = stepper.step(from, mode, program.symbolOf(programClass), this);
        if (step.to().isKept()) {
            from.know(firstOf(mode) + programClass, step);
        }
        return step;
    }
}
