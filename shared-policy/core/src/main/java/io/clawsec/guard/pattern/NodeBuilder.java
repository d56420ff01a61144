package io.clawsec.guard.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns patterns into nodes, from the last to the first, so that what follows is known: a node for each place where a
 * character is taken, a condition holds or a pattern ends, and no empty steps (Glushkov, "The abstract theory of
 * automata", 1961). Lists of nodes stand in the order in which a backtracking search would try them. Not for several
 * threads.
 */
final class NodeBuilder {

    /** The symbol of a pattern's last node. */
    static final int ACCEPT = Integer.MIN_VALUE;
    /** The symbol of the place where the group that is the span begins. */
    static final int VALUE_START = Integer.MIN_VALUE + 1;
    /** The symbol of the place where it ends. */
    static final int VALUE_END = Integer.MIN_VALUE + 2;

    /** Copies that a repeat of one set of characters is written out into where it may be loosened. */
    private static final int MAX_COPIES_OF_ONE = 16;
    /** Nodes that any other repeat is written out into where it may be loosened. */
    private static final int MAX_COPIED_NODES = 64;
    /** Nodes that may be written out for what a repeat allows beyond its least, where it may be loosened. */
    private static final int MAX_OPTIONAL_NODES = 4;

    private static final int MAX_NODES = 400_000;
    private static final int[] NOTHING = {};
    private static final Assertion[] ASSERTIONS = Assertion.values();

    private final boolean exact;
    private final CharacterSets sets;
    private int[] symbol = new int[64];
    private int[][] follow = new int[64][];
    private int nodes;

    /** When a node, and a loop, was last met while lists were joined. */
    private int[] nodeSeenIn = new int[64];

    private int[] loopSeenIn = new int[64];
    private int distinctions;

    private @Nullable CodePoints lastSet;
    private int lastNumber;

    /** What each loop goes on with; in lists of nodes, loop k stands as {@code -1 - k}. */
    private final List<int[]> loops = new ArrayList<>();

    /**
     * Starts with no nodes.
     *
     * @param sets numbers the sets of characters; where repeats are written out it has numbered all of them already
     * @param exact whether repeats are written out to the last; else what is long or large becomes a loop, spans and
     *     greed are dropped, and the nodes let through a little more than the pattern
     */
    NodeBuilder(CharacterSets sets, boolean exact) {
        this.sets = sets;
        this.exact = exact;
    }

    static Assertion assertion(int symbol) {
        return ASSERTIONS[-1 - symbol];
    }

    /** Adds a pattern; returns the nodes that it begins with. */
    int[] add(Regex regex) {
        return build(regex, new int[] {node(ACCEPT, NOTHING)});
    }

    int nodes() {
        return nodes;
    }

    /** For each node the number of its set, a symbol named above, or an assertion's ordinal as {@code -1 - ordinal}. */
    int[] symbols() {
        return Arrays.copyOf(symbol, nodes);
    }

    private int node(int nodeSymbol, int[] next) {
        if (nodes == MAX_NODES) {
            throw new RegexSyntaxException("there are more than " + MAX_NODES + " places to be in");
        }
        if (nodes == symbol.length) {
            symbol = Arrays.copyOf(symbol, 2 * nodes);
            follow = Arrays.copyOf(follow, 2 * nodes);
        }
        symbol[nodes] = nodeSymbol;
        follow[nodes] = next;
        return nodes++;
    }

    /** The nodes that a text may enter the tree by, when the given ones come after it. */
    private int[] build(Regex regex, int[] next) {
        if (regex instanceof Regex.One one) {
            return new int[] {node(number(one.set()), next)};
        }
        if (regex instanceof Regex.Condition condition) {
            return new int[] {node(-1 - condition.assertion().ordinal(), next)};
        }
        if (regex instanceof Regex.Sequence sequence) {
            int[] entry = next;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                entry = build(sequence.parts().get(i), entry);
            }
            return entry;
        }
        if (regex instanceof Regex.Choice choice) {
            int[] entry = NOTHING;
            for (Regex branch : choice.branches()) {
                entry = union(entry, build(branch, next));
            }
            return entry;
        }
        if (regex instanceof Regex.Value value) {
            return exact
                    ? new int[] {node(VALUE_START, build(value.body(), new int[] {node(VALUE_END, next)}))}
                    : build(value.body(), next);
        }
        return repeat((Regex.Repeat) regex, next);
    }

    private int number(CodePoints set) {
        if (lastSet == null || !set.equals(lastSet)) { // repeats ask for the same one again and again
            lastNumber = exact ? sets.known(set) : sets.number(set);
            lastSet = set;
        }
        return lastNumber;
    }

    private int[] repeat(Regex.Repeat repeat, int[] next) {
        Regex body = repeat.body();
        int copies = exact ? repeat.min() : Math.min(repeat.min(), mostCopies(body));
        int optional = repeat.max() - repeat.min();
        boolean loosened = !exact
                && (copies < repeat.min() || (optional > 1 && (long) optional * body.size() > MAX_OPTIONAL_NODES));
        int[] entry = next;
        if (loosened || repeat.max() == Regex.Repeat.UNBOUNDED) {
            int[] loop = loop(repeat, next);
            entry = copies == 0 ? either(repeat, loop, next) : loop;
            copies = Math.max(0, copies - 1);
        } else {
            for (int i = 0; i < optional; i++) {
                entry = either(repeat, build(body, entry), next);
            }
        }
        for (int i = 0; i < copies; i++) {
            entry = build(body, entry);
        }
        return entry;
    }

    private static int mostCopies(Regex body) {
        return body.size() <= 1 ? MAX_COPIES_OF_ONE : Math.max(1, MAX_COPIED_NODES / body.size());
    }

    /** The body once or more often. */
    private int[] loop(Regex.Repeat repeat, int[] next) {
        int number = loops.size();
        loops.add(NOTHING);
        int[] entry = build(repeat.body(), new int[] {-1 - number});
        int[] own = without(entry, -1 - number);
        loops.set(number, either(repeat, own, next));
        return own.length < entry.length ? loops.get(number) : own;
    }

    private static int[] without(int[] list, int node) {
        int[] kept = new int[list.length];
        int count = 0;
        for (int each : list) {
            if (each != node) {
                kept[count++] = each;
            }
        }
        return count == list.length ? list : Arrays.copyOf(kept, count);
    }

    private int[] either(Regex.Repeat repeat, int[] more, int[] less) {
        return repeat.greedy() ? union(more, less) : union(less, more);
    }

    private int[] union(int[] left, int[] right) {
        if (left.length == 0 || right.length == 0) {
            return left.length == 0 ? right : left;
        }
        int[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return distinct(both, both.length);
    }

    /** The first of each of the list's nodes and loops, in their order. */
    private int[] distinct(int[] list, int length) {
        int generation = ++distinctions;
        int[] kept = new int[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            int place = list[i] < 0 ? -1 - list[i] : list[i];
            int[] seenIn = list[i] < 0 ? loopSeenIn : nodeSeenIn;
            if (place >= seenIn.length) {
                seenIn = Arrays.copyOf(seenIn, 2 * place + 1);
                loopSeenIn = list[i] < 0 ? seenIn : loopSeenIn;
                nodeSeenIn = list[i] < 0 ? nodeSeenIn : seenIn;
            }
            if (seenIn[place] != generation) {
                seenIn[place] = generation;
                kept[count++] = list[i];
            }
        }
        return count == length ? kept : Arrays.copyOf(kept, count);
    }

    /** What follows each node, with the loops put in; equal lists stay shared. */
    int[][] follows() {
        IdentityHashMap<int[], int[]> known = new IdentityHashMap<>();
        int[][] resolved = new int[nodes][];
        for (int node = 0; node < nodes; node++) {
            int[] list = follow[node];
            if (hasLoop(list)) {
                list = known.get(follow[node]);
                if (list == null) {
                    list = resolve(follow[node]);
                    known.put(follow[node], list);
                }
            }
            resolved[node] = list;
        }
        return resolved;
    }

    private int[] resolve(int[] list) {
        int[] resolved = list;
        while (hasLoop(resolved)) {
            int[] flat = new int[16];
            int count = 0;
            for (int each : resolved) {
                int[] these = each < 0 ? loops.get(-1 - each) : new int[] {each};
                if (flat.length < count + these.length) {
                    flat = Arrays.copyOf(flat, 2 * (count + these.length));
                }
                System.arraycopy(these, 0, flat, count, these.length);
                count += these.length;
            }
            resolved = distinct(flat, count);
        }
        return resolved;
    }

    private static boolean hasLoop(int[] list) {
        for (int each : list) {
            if (each < 0) {
                return true;
            }
        }
        return false;
    }
}
