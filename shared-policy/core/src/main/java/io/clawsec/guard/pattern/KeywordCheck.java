package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a pattern's keywords are in every text that it matches, for it never runs on a text that has none.
 *
 * <p>A search, the shortest texts first, through the pattern and its keywords' automaton at once for a match that no
 * keyword is in. What a rule file's author is told about; matching does not need it. It knows nothing of validators, so
 * what it tells of may be something that one turns down.
 */
public final class KeywordCheck {

    /** Places that a search may come to, each with what is known of the text there. */
    private static final int MAX_PLACES = 1_000_000;

    private final Program program;
    private final LiteralAutomaton keywords;
    private final KeywordAlphabet letters;

    /** Places yet to go on from, in the order of their texts' lengths. */
    private final Deque<Place> open = new ArrayDeque<>();

    private final BitSet known = new BitSet();
    private int places;
    private final int[] passedIn;
    private int step;

    /**
     * A place in the pattern, and the shortest text that leads to it.
     *
     * @param node what of the pattern comes next
     * @param valued whether the group that is the span was passed
     * @param keywordState how much of a keyword the text ends with
     * @param before what the text ends with
     * @param letter its last character, -1 where there is none
     * @param previous the place before that character, null where none is
     */
    private record Place(
            int node,
            boolean valued,
            int keywordState,
            Neighbour before,
            int letter,
            @Nullable Place previous) {}

    private KeywordCheck(PatternSpec spec, List<String> keywords) {
        Automaton automaton = new Automaton(List.of(spec.parsed()));
        this.program = new Program(spec.parsed(), automaton.sets(), automaton.alphabet());
        this.keywords = new LiteralAutomaton(keywords, true);
        this.letters = new KeywordAlphabet(automaton.alphabet(), this.keywords);
        this.passedIn = new int[2 * program.nodes()];
    }

    /**
     * The shortest text that the pattern matches without a keyword of one of its lists, or empty where there is none. A
     * {@link PatternRefusedException} where that takes too long to tell.
     */
    public static Optional<String> matchWithoutKeyword(PatternSpec spec) {
        Optional<String> first = search(spec, spec.keywords());
        Optional<String> second = search(spec, spec.also());
        boolean secondIsShorter = first.isEmpty()
                || (second.isPresent() && second.get().length() < first.get().length());
        return secondIsShorter ? second : first;
    }

    private static Optional<String> search(PatternSpec spec, List<String> keywords) {
        if (keywords.isEmpty()) {
            return Optional.empty();
        }
        try {
            return new KeywordCheck(spec, keywords).search();
        } catch (RegexSyntaxException tooLong) {
            throw new PatternRefusedException(spec.id(), String.valueOf(tooLong.getMessage()));
        }
    }

    private Optional<String> search() {
        begin(LiteralAutomaton.START, Neighbour.NOTHING, -1);
        beginBehindOther();
        while (!open.isEmpty()) {
            Place place = open.remove();
            if (program.symbol(place.node) == NodeBuilder.ACCEPT) { // only with the value: without, it is passed over
                return Optional.of(text(place));
            }
            for (int letter : letters.all()) {
                read(place, letter);
            }
            if (program.symbol(place.node) < 0 && endsHere(place)) {
                return Optional.of(text(place));
            }
        }
        return Optional.empty();
    }

    /** Begins behind one character, for what stands before a match may decide about it. */
    private void beginBehindOther() {
        for (int letter : letters.all()) {
            int state = letters.step(LiteralAutomaton.START, letter);
            if (state >= 0) {
                begin(state, letters.neighbour(letter), letter);
            }
        }
    }

    private void begin(int keywordState, Neighbour before, int letter) {
        for (int node : program.start()) {
            reach(new Place(node, !program.hasValue(), keywordState, before, letter, null));
        }
    }

    /** Goes on with one more character. */
    private void read(Place place, int letter) {
        int state = letters.step(place.keywordState, letter);
        if (state < 0) {
            return;
        }
        step++;
        take(place.node, place.valued, place, letter, state);
    }

    private void take(int node, boolean valued, Place place, int letter, int state) {
        int symbol = program.symbol(node);
        if (symbol >= 0) {
            if (program.alphabet().contains(symbol, letters.classOf(letter))) {
                for (int next : program.follow(node)) {
                    reach(new Place(next, valued, state, letters.neighbour(letter), letter, place));
                }
            }
        } else if (symbol == NodeBuilder.ACCEPT && valued) {
            reach(new Place(node, true, state, letters.neighbour(letter), letter, place));
        } else if (symbol != NodeBuilder.ACCEPT
                && Program.passes(symbol, place.before, letters.neighbour(letter))
                && isNew(node, valued)) {
            for (int next : program.follow(node)) {
                take(next, valued || symbol == NodeBuilder.VALUE_END, place, letter, state);
            }
        }
    }

    /** Whether the pattern can end with the text. */
    private boolean endsHere(Place place) {
        step++;
        return ends(place.node, place.valued, place.before);
    }

    private boolean ends(int node, boolean valued, Neighbour before) {
        int symbol = program.symbol(node);
        if (symbol == NodeBuilder.ACCEPT) {
            return valued;
        }
        if (symbol >= 0 || !Program.passes(symbol, before, Neighbour.NOTHING) || !isNew(node, valued)) {
            return false;
        }
        for (int next : program.follow(node)) {
            if (ends(next, valued || symbol == NodeBuilder.VALUE_END, before)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this step comes by the node for the first time. */
    private boolean isNew(int node, boolean valued) {
        int place = 2 * node + (valued ? 1 : 0);
        boolean isNew = passedIn[place] != step;
        passedIn[place] = step;
        return isNew;
    }

    private void reach(Place place) {
        if (program.symbol(place.node) == NodeBuilder.ACCEPT && !place.valued) {
            return;
        }
        int number = (place.node * letters.states() + place.keywordState) * Neighbour.values().length
                + place.before.ordinal();
        number = 2 * number + (place.valued ? 1 : 0);
        if (!known.get(number)) {
            if (++places > MAX_PLACES) {
                throw new RegexSyntaxException("it takes too long to tell whether its keywords are in every match");
            }
            known.set(number);
            open.add(place);
        }
    }

    private static String text(Place end) {
        StringBuilder reversed = new StringBuilder();
        for (Place place = end; place != null; place = place.previous) {
            if (place.letter >= 0) {
                reversed.append(
                        new StringBuilder().appendCodePoint(place.letter).reverse());
            }
        }
        return reversed.reverse().toString();
    }
}
