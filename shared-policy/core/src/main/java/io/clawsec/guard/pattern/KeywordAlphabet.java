package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One character for all that neither a pattern nor its keywords tell apart, so that a search through both may leave the
 * others out. Immutable.
 */
final class KeywordAlphabet {

    private static final int ASCII = 128;

    /** Beyond ASCII these alone may be in a keyword: what {@code (?i)} takes for an s and a k. */
    private static final List<Integer> FOLDED = List.of(0x17F, 0x212A);

    /** What a reader of a message makes out best. */
    private static final String BEST = "xyz0123456789abcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ -_.:=";

    private final Alphabet classes;
    private final LiteralAutomaton keywords;
    private final int states;
    private final int[] letters;

    KeywordAlphabet(Alphabet classes, LiteralAutomaton keywords) {
        this.classes = classes;
        this.keywords = keywords;
        Set<Integer> reached = reached();
        this.states = 1 + reached.stream().mapToInt(Integer::intValue).max().orElseThrow();
        Map<List<Integer>, Integer> toldApart = new LinkedHashMap<>();
        for (int letter : candidates()) {
            List<Integer> apart = new ArrayList<>(List.of(classes.classOf(letter)));
            reached.forEach(state -> apart.add(step(state, letter)));
            toldApart.putIfAbsent(apart, letter);
        }
        this.letters = toldApart.values().stream().mapToInt(Integer::intValue).toArray();
    }

    /** The keyword states that some text leads to without a whole keyword. */
    private Set<Integer> reached() {
        Set<Integer> reached = new LinkedHashSet<>();
        List<Integer> open = new ArrayList<>(List.of(LiteralAutomaton.START));
        while (!open.isEmpty()) {
            int state = open.remove(open.size() - 1);
            if (state >= 0 && reached.add(state)) {
                for (int letter = 0; letter < ASCII; letter++) {
                    open.add(step(state, letter));
                }
            }
        }
        return reached;
    }

    private Set<Integer> candidates() {
        Set<Integer> candidates = new LinkedHashSet<>();
        BEST.chars().forEach(candidates::add);
        for (int letter = ASCII - 1; letter >= 0; letter--) {
            candidates.add(letter);
        }
        candidates.addAll(FOLDED);
        int[] stretches = classes.stretches();
        for (int stretch = 0; stretch < stretches.length; stretch++) {
            int end = stretch + 1 < stretches.length ? stretches[stretch + 1] : CodePoints.LAST + 1;
            int first = Math.max(ASCII, stretches[stretch]);
            first += FOLDED.contains(first) ? 1 : 0; // the next one is in no keyword
            if (first < end) {
                candidates.add(first);
            }
        }
        return candidates;
    }

    /** The characters, as code points. */
    int[] all() {
        return letters;
    }

    /** One more than the highest number of a keyword state. */
    int states() {
        return states;
    }

    int classOf(int letter) {
        return classes.classOf(letter);
    }

    Neighbour neighbour(int letter) {
        return classes.neighbour(classes.classOf(letter));
    }

    /** The keyword state after a character, -1 where a keyword ends with it. */
    int step(int state, int letter) {
        int next = state;
        for (char unit : Character.toChars(letter)) {
            next = keywords.step(next, unit);
            if (keywords.endings(next) > 0) {
                return -1;
            }
        }
        return next;
    }
}
