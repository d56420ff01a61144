package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** One pattern to the letter, with the order in which RE2 prefers its matches. Immutable to its users. */
final class Program {

    private final int[] symbol;
    private final int[][] follow;
    private final int[] start;
    private final Alphabet alphabet;
    private final boolean hasValue;

    /** The alphabet's classes that this pattern does not tell apart have one number here. */
    private final short[] classOfSymbol;

    private final short[] classOfAscii;
    private final int[] symbolOfClass;

    private volatile @Nullable MatchStates states;

    /** Compiles a tree whose sets of characters are numbered already. */
    Program(Regex regex, CharacterSets sets, Alphabet alphabet) {
        NodeBuilder builder = new NodeBuilder(sets, true);
        this.start = builder.add(regex);
        this.symbol = builder.symbols();
        this.follow = builder.follows();
        this.alphabet = alphabet;
        this.hasValue = Arrays.stream(symbol).anyMatch(kind -> kind == NodeBuilder.VALUE_START);
        this.classOfSymbol = new short[alphabet.size()];
        this.symbolOfClass = tellApart();
        this.classOfAscii = alphabet.ascii();
        for (int character = 0; character < classOfAscii.length; character++) {
            classOfAscii[character] = classOfSymbol[classOfAscii[character]];
        }
    }

    /** Numbers the classes of characters that are in the same of the pattern's sets and alike as neighbours. */
    private int[] tellApart() {
        int numbers = split(1, symbolClass -> alphabet.neighbour(symbolClass).ordinal(), Neighbour.values().length);
        int[] named = Arrays.stream(symbol).filter(kind -> kind >= 0).distinct().toArray();
        for (int set : named) {
            numbers = split(
                    numbers,
                    symbolClass -> symbolClass != alphabet.end() && alphabet.contains(set, symbolClass) ? 1 : 0,
                    2);
        }
        int[] representatives = new int[numbers];
        for (int symbolClass = classOfSymbol.length - 1; symbolClass >= 0; symbolClass--) {
            representatives[classOfSymbol[symbolClass]] = symbolClass;
        }
        return representatives;
    }

    /** Gives those that had one number and differ in a trait numbers of their own; returns how many there are. */
    private int split(int numbers, IntUnaryOperator trait, int traits) {
        int[] numberOf = new int[numbers * traits];
        int count = 0;
        for (int symbolClass = 0; symbolClass < classOfSymbol.length; symbolClass++) {
            int both = classOfSymbol[symbolClass] * traits + trait.applyAsInt(symbolClass);
            if (numberOf[both] == 0) {
                numberOf[both] = ++count;
            }
            classOfSymbol[symbolClass] = (short) (numberOf[both] - 1);
        }
        return count;
    }

    int nodes() {
        return symbol.length;
    }

    /** The node's symbol, as {@link NodeBuilder} numbers them. */
    int symbol(int node) {
        return symbol[node];
    }

    /** The nodes that may come next, first choice first. */
    int[] follow(int node) {
        return follow[node];
    }

    /** The nodes that a match begins with, first choice first. */
    int[] start() {
        return start;
    }

    Alphabet alphabet() {
        return alphabet;
    }

    /** Whether a group of the pattern is the span, not the whole match. */
    boolean hasValue() {
        return hasValue;
    }

    /** How many classes of characters the pattern tells apart, the text's end included. */
    int classes() {
        return symbolOfClass.length;
    }

    /** The pattern's class of a code point. */
    int classOf(int codePoint) {
        return classOfSymbol[alphabet.classOf(codePoint)];
    }

    /** The pattern's class of an ASCII character. */
    int classOfAscii(char character) {
        return classOfAscii[character];
    }

    /** The pattern's class of the text's end. */
    int end() {
        return classOfSymbol[alphabet.end()];
    }

    /** A class of the alphabet that stands for the pattern's. */
    int symbolOf(int programClass) {
        return symbolOfClass[programClass];
    }

    /** The states that texts have asked for and that are kept in the room; none where the room is new. */
    MatchStates states(StateRoom room) {
        MatchStates known = states;
        if (known == null || !known.isIn(room)) {
            known = new MatchStates(this, room);
            states = known;
        }
        return known;
    }

    /** Whether a node that takes no character lets a match through. */
    static boolean passes(int kind, Neighbour before, Neighbour after) {
        return kind <= NodeBuilder.VALUE_END || NodeBuilder.assertion(kind).holds(before, after);
    }

    /** Tells the state that the ASCII characters of the class change nothing. */
    void knowStill(MatchState state, MatchStates.Mode mode, int programClass) {
        for (int character = 0; character < classOfAscii.length; character++) {
            if (classOfAscii[character] == programClass) {
                state.knowStill(mode, character);
            }
        }
    }
}
