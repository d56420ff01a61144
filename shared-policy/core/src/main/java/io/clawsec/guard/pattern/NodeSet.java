package io.clawsec.guard.pattern;

/**
 * A set of an automaton's nodes that are added in any order and taken out in order of their numbers: as bits, for to
 * sort them took longer than to find them. Not for several threads.
 */
final class NodeSet {

    private final long[] words;
    /** Which of the words are not zero, as bits: they are few, and far between. */
    private final long[] filled;

    /** The empty set of nodes whose numbers are less. */
    NodeSet(int nodes) {
        this.words = new long[nodes / Long.SIZE + 1];
        this.filled = new long[words.length / Long.SIZE + 1];
    }

    void add(int node) {
        int place = node / Long.SIZE;
        words[place] |= 1L << node;
        filled[place / Long.SIZE] |= 1L << place;
    }

    void addAll(int[] nodes) {
        for (int node : nodes) {
            add(node);
        }
    }

    /** The nodes, in order of their numbers; the set is empty then. */
    int[] takeAll() {
        int[] taken = new int[size()];
        int count = 0;
        for (int i = 0; i < filled.length; i++) {
            for (long places = filled[i]; places != 0; places &= places - 1) {
                int place = i * Long.SIZE + Long.numberOfTrailingZeros(places);
                for (long nodes = words[place]; nodes != 0; nodes &= nodes - 1) {
                    taken[count++] = place * Long.SIZE + Long.numberOfTrailingZeros(nodes);
                }
                words[place] = 0;
            }
            filled[i] = 0;
        }
        return taken;
    }

    private int size() {
        int size = 0;
        for (int i = 0; i < filled.length; i++) {
            for (long places = filled[i]; places != 0; places &= places - 1) {
                size += Long.bitCount(words[i * Long.SIZE + Long.numberOfTrailingZeros(places)]);
            }
        }
        return size;
    }
}
