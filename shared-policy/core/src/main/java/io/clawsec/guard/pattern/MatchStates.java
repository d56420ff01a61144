package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.HashMap;
import java.util.Map;

/**
 * The states and steps of one program that texts have asked for so far. Safe for any number of threads: what is known is
 * read without a lock.
 *
 * <p>What it keeps is bounded by a {@link StateRoom}. Past that a step is made each time it is asked for.
 */
final class MatchStates {

    /** What an object takes beside its lists, in numbers of four bytes. */
    private static final int OBJECT_CELLS = 16;

    private final Program program;
    private final StateRoom room;
    private final int steps;
    private final Map<MatchState, MatchState> kept = new HashMap<>();
    private final MatchState[] beginnings = new MatchState[Neighbour.values().length];

    MatchStates(Program program, StateRoom room) {
        this.program = program;
        this.room = room;
        this.steps = Mode.values().length * program.classes();
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

    /** Whether they are kept in the room. */
    boolean isIn(StateRoom other) {
        return room == other;
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
        if (!room.take(OBJECT_CELLS + steps + 2 * state.size())) {
            return state;
        }
        MatchState fresh = state.kept(steps);
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
        if (from.isKept()
                && step.to().isKept()
                && room.take(OBJECT_CELLS + step.to().groups())) {
            from.know(firstOf(mode) + programClass, step);
            if (step.isStill(from)) {
                program.knowStill(from, mode, programClass);
            }
        }
        return step;
    }
}
