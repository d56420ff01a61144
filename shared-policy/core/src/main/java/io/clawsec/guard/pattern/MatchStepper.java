package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import io.clawsec.guard.pattern.MatchStates.Mode;
import java.util.Arrays;

/**
 * Makes the steps of one program: leftmost first, in RE2's order of preference (Pike's virtual machine, in Cox, "Regular
 * Expression Matching: the Virtual Machine Approach", 2009). Not for several threads.
 */
final class MatchStepper {

    private final Program program;
    private final Alphabet alphabet;

    /** The step in which a node was last reached, and in which one without a character was last passed. */
    private final int[] reachedIn;

    private final int[] passedIn;
    private int step;

    private final int[] node;
    private final int[] group;
    private int size;
    private int[] origins = new int[4];
    private int groups;

    private Mode mode = Mode.SEARCH;
    private int symbol;
    private Neighbour before = Neighbour.NOTHING;
    private Neighbour after = Neighbour.NOTHING;
    private int accepted;

    MatchStepper(Program program) {
        this.program = program;
        this.alphabet = program.alphabet();
        this.reachedIn = new int[program.nodes()];
        this.passedIn = new int[program.nodes()];
        this.node = new int[program.nodes()];
        this.group = new int[program.nodes()];
    }

    /** The step over a character of the alphabet's class, which may be the text's end. */
    MatchStep step(MatchState from, Mode how, int ofClass, MatchStates states) {
        step++;
        size = 0;
        groups = 0;
        accepted = MatchStep.NONE;
        mode = how;
        symbol = ofClass;
        before = from.before();
        after = alphabet.neighbour(ofClass);
        boolean cut = false;
        for (int thread = 0; thread < from.size() && !cut; thread++) {
            cut = take(from.node(thread), MatchStep.origin(from.group(thread)));
        }
        if (mode == Mode.SEARCH && accepted == MatchStep.NONE) {
            for (int start : program.start()) {
                take(start, MatchStep.here());
            }
        }
        MatchState to = new MatchState(Arrays.copyOf(node, size), Arrays.copyOf(group, size), groups, after);
        return new MatchStep(from, states.kept(to), Arrays.copyOf(origins, groups), accepted);
    }

    /** Takes a match over the character; whether it ended before it, and what is less preferred is void. */
    private boolean take(int at, int origin) {
        int kind = program.symbol(at);
        if (kind >= 0) {
            if (symbol != alphabet.end() && alphabet.contains(kind, symbol)) {
                reach(program.follow(at), origin);
            }
            return false;
        }
        if (kind == NodeBuilder.ACCEPT) {
            if (mode != Mode.SWALLOW) {
                accepted = origin;
            }
            return mode != Mode.SWALLOW;
        }
        if (passedIn[at] == step || !Program.passes(kind, before, after)) {
            return false;
        }
        passedIn[at] = step;
        int passed = kind == NodeBuilder.VALUE_START
                ? MatchStep.spanStarting(origin)
                : kind == NodeBuilder.VALUE_END ? MatchStep.spanEnding(origin) : origin;
        for (int follower : program.follow(at)) {
            if (take(follower, passed)) {
                return true;
            }
        }
        return false;
    }

    private void reach(int[] nodes, int origin) {
        int number = -1;
        for (int each : nodes) {
            if (reachedIn[each] != step) {
                reachedIn[each] = step;
                number = number < 0 ? numberOf(origin) : number;
                node[size] = each;
                group[size++] = number;
            }
        }
    }

    /** The number of the group that comes from the origin. */
    private int numberOf(int origin) {
        for (int known = groups - 1; known >= 0; known--) {
            if (origins[known] == origin) {
                return known;
            }
        }
        if (groups == origins.length) {
            origins = Arrays.copyOf(origins, 2 * groups);
        }
        origins[groups] = origin;
        return groups++;
    }
}
