package io.clawsec.guard.pattern;

import io.clawsec.guard.pattern.Assertion.Neighbour;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * All patterns in one automaton that reads the text once; where it says that a pattern matched, a {@link PikeMatcher}
 * of that pattern finds the spans.
 *
 * <p>A text that asks for too many new states is read again for each pattern that its keywords let through, by an
 * automaton of its own, and where even that is too much the matcher reads all of it: slower, linear still, and never
 * blind.
 */
final class AutomatonPatternSet implements PatternSet {

    /** Steps that the automaton of all patterns may keep, four bytes each. */
    private static final int MAX_CELLS = 4_000_000;
    /** Steps that the automaton of one pattern may keep. */
    private static final int MAX_CELLS_OF_ONE = 200_000;
    /** Steps that one pass may make known. */
    private static final int MAX_NEW_STEPS = 40_000;

    private final List<PatternSpec> specs;
    private final int[] maxLengths;
    private final KeywordGate gate;
    private final Automaton automaton;
    private final LazyDfa all;
    private final AtomicReferenceArray<LazyDfa> single;
    private final AtomicReferenceArray<Program> programs;

    AutomatonPatternSet(List<PatternSpec> specs) {
        this.specs = List.copyOf(specs);
        this.maxLengths = specs.stream().mapToInt(PatternSpec::maxLength).toArray();
        this.gate = new KeywordGate(specs);
        this.automaton = new Automaton(specs.stream().map(PatternSpec::parsed).toList());
        this.all = new LazyDfa(automaton, 0, specs.size() - 1, MAX_CELLS);
        this.single = new AtomicReferenceArray<>(specs.size());
        this.programs = new AtomicReferenceArray<>(specs.size());
    }

    @Override
    public void scan(String text, Sink sink) {
        Hits hits = new Hits();
        if (!pass(all, text, hits)) {
            hits.clear();
            passOneByOne(text, hits);
        }
        if (hits.size() > 0) {
            new Confirmation(text, sink).run(hits);
        }
    }

    private boolean pass(LazyDfa dfa, String text, Hits hits) {
        DfaScan scan = new DfaScan(dfa, text, maxLengths, hits, MAX_NEW_STEPS);
        boolean whole = scan.run();
        if (!whole && scan.cache().full()) {
            dfa.replace(scan.cache());
        }
        return whole;
    }

    private void passOneByOne(String text, Hits hits) {
        BitSet open = gate.open(text);
        for (int pattern = open.nextSetBit(0); pattern >= 0; pattern = open.nextSetBit(pattern + 1)) {
            Hits own = new Hits();
            if (pass(single(pattern), text, own)) {
                for (int hit = 0; hit < own.size(); hit++) {
                    hits.add(pattern, own.from(hit), own.to(hit));
                }
            } else {
                hits.add(pattern, 0, text.length());
            }
        }
    }

    /** The search for spans in the stretches of one text. */
    private final class Confirmation {

        private final String text;
        private final Sink sink;
        private final PikeMatcher[] matchers = new PikeMatcher[specs.size()];
        private final WorkBound work;

        Confirmation(String text, Sink sink) {
            this.text = text;
            this.sink = sink;
            this.work = WorkBound.of(text.length());
        }

        void run(Hits hits) {
            for (int hit = 0; hit < hits.size(); hit++) {
                int pattern = hits.pattern(hit);
                if (gate.opens(pattern, text, hits.from(hit), hits.to(hit))) {
                    search(pattern, hits.from(hit), hits.to(hit));
                }
            }
        }

        private void search(int pattern, int first, int last) {
            PikeMatcher matcher = matcher(pattern);
            int from = first;
            while (from < last) {
                matcher.begin(from, from == 0 ? Neighbour.NOTHING : Neighbour.of(text.charAt(from - 1)));
                matcher.advance(text, 0, true, last);
                work.add(matcher.steps());
                if (!matcher.matched()) {
                    return;
                }
                boolean passedOver = matcher.start() < 0;
                boolean taken = passedOver || sink.found(pattern, matcher.start(), matcher.end(), matcher.judgedEnd());
                from = taken ? matcher.matchEnd() : TurnedDown.resume(text, matcher.matchStart(), matcher.matchEnd());
            }
        }

        @SuppressWarnings("NullAway") // an element is null until it is needed
        private PikeMatcher matcher(int pattern) {
            PikeMatcher matcher = matchers[pattern];
            if (matcher == null) {
                matcher = new PikeMatcher(program(pattern), maxLengths[pattern]);
                matchers[pattern] = matcher;
            }
            return matcher;
        }
    }

    /** Two threads may make the same one at once; either serves. */
    @SuppressWarnings("NullAway") // an element is null until it is needed
    private LazyDfa single(int pattern) {
        LazyDfa dfa = single.get(pattern);
        if (dfa == null) {
            dfa = new LazyDfa(automaton, pattern, pattern, MAX_CELLS_OF_ONE);
            single.set(pattern, dfa);
        }
        return dfa;
    }

    /** Two threads may compile the same pattern at once; either result serves. */
    @SuppressWarnings("NullAway") // an element is null until it is needed
    private Program program(int pattern) {
        Program program = programs.get(pattern);
        if (program == null) {
            program = new Program(specs.get(pattern).parsed(), automaton.sets(), automaton.alphabet());
            programs.set(pattern, program);
        }
        return program;
    }

    /** How many states the automaton of all patterns keeps at present. */
    int states() {
        return all.cache().size();
    }
}
