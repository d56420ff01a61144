package io.clawsec.guard.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

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
    private static final int MAX_CELLS_OF_ONE = 100_000;
    /** Steps that one pass may make known. */
    private static final int MAX_NEW_STEPS = 40_000;

    private final List<PatternSpec> specs;
    private final int[] maxLengths;
    private volatile @Nullable KeywordGate gate;
    private final Automaton automaton;
    private final LazyDfa all;
    private final Survival survival;
    private volatile StateRoom room = new StateRoom();
    /** The last text's, for the next. */
    private final AtomicReference<@Nullable Workspace> spare = new AtomicReference<>();

    private final AtomicReferenceArray<LazyDfa> single;
    private final AtomicReferenceArray<Program> programs;

    AutomatonPatternSet(List<PatternSpec> specs) {
        this.specs = List.copyOf(specs);
        this.maxLengths = new int[specs.size()];
        List<Regex> trees = new ArrayList<>(specs.size());
        for (PatternSpec spec : specs) {
            maxLengths[trees.size()] = spec.maxLength();
            trees.add(spec.parsed());
        }
        this.automaton = new Automaton(trees);
        this.all = new LazyDfa(automaton, 0, specs.size() - 1, MAX_CELLS);
        this.survival = new Survival(automaton, MAX_CELLS_OF_ONE);
        this.single = new AtomicReferenceArray<>(specs.size());
        this.programs = new AtomicReferenceArray<>(specs.size());
    }

    @Override
    public void scan(String text, Sink sink) {
        confirm(text, sink);
    }

    @Override
    public long work(String text) {
        return confirm(text, (pattern, start, end) -> true);
    }

    /** Reports the matches, and says what finding their spans cost. */
    private long confirm(String text, Sink sink) {
        Hits hits = pass(all, text);
        if (hits == null) {
            hits = passOneByOne(text);
        }
        if (hits.size() == 0) {
            return 0;
        }
        Confirmation confirmation = new Confirmation(text, sink);
        confirmation.run(confirmation.run(hits));
        return confirmation.work.taken();
    }

    @Override
    public PatternStream stream(Sink sink) {
        return new PatternStream(
                new DfaScan(
                        all,
                        survival,
                        new Workspace(),
                        maxLengths,
                        MAX_NEW_STEPS,
                        () -> all.newCache(MAX_CELLS_OF_ONE)),
                this,
                sink);
    }

    /** The stretches where patterns matched, or null where the text asked for too many new states. */
    private @Nullable Hits pass(LazyDfa dfa, String text) {
        Workspace used = spare.getAndSet(null);
        Workspace workspace = used == null ? new Workspace() : used;
        DfaScan scan = new DfaScan(dfa, survival, workspace, maxLengths, MAX_NEW_STEPS, null);
        scan.see(text, 0);
        boolean read = scan.append(text) && scan.finish();
        spare.set(workspace.trail().isReusable() ? workspace : null);
        if (read) {
            return scan.closed();
        }
        if (scan.cache().full()) {
            dfa.replace(scan.cache());
        }
        return null;
    }

    private Hits passOneByOne(String text) {
        Hits hits = new Hits();
        BitSet open = gate().open(text);
        for (int pattern = open.nextSetBit(0); pattern >= 0; pattern = open.nextSetBit(pattern + 1)) {
            Hits own = pass(single(pattern), text);
            if (own == null) {
                hits.add(pattern, 0, text.length());
                continue;
            }
            for (int hit = 0; hit < own.size(); hit++) {
                hits.add(pattern, own.from(hit), own.to(hit));
            }
        }
        return hits;
    }

    /** Made when it is first needed, for most processes never do; two threads may make the same one at once. */
    private KeywordGate gate() {
        KeywordGate made = gate;
        if (made == null) {
            made = new KeywordGate(specs);
            gate = made;
        }
        return made;
    }

    /** The search for spans in the stretches of one text. */
    private final class Confirmation {

        private final String text;
        private final Sink sink;
        private final SpanSearch[] searches = new SpanSearch[specs.size()];
        private final WorkBound work = new WorkBound();

        Confirmation(String text, Sink sink) {
            this.text = text;
            this.sink = sink;
            work.allow(text.length());
        }

        /** Looks for the spans in the stretches; returns those in which none could count. */
        Hits run(Hits hits) {
            Hits refused = new Hits();
            for (int hit = 0; hit < hits.size(); hit++) {
                if (!sink.mayCount(hits.pattern(hit), hits.to(hit) - hits.from(hit))) {
                    refused.add(hits.pattern(hit), hits.from(hit), hits.to(hit));
                    continue;
                }
                SpanSearch search = search(hits.pattern(hit));
                search.begin(text, 0, hits.from(hit));
                search.finish(text, 0, text.length(), true, hits.to(hit));
            }
            return refused;
        }

        @SuppressWarnings("NullAway") // an element is null until it is needed
        private SpanSearch search(int pattern) {
            SpanSearch search = searches[pattern];
            if (search == null) {
                search = newSearch(pattern, sink, work);
                searches[pattern] = search;
            }
            return search;
        }
    }

    /** A search for the spans of one pattern in its stretches. */
    SpanSearch newSearch(int pattern, Sink sink, WorkBound work) {
        StateRoom current = room;
        if (current.isUsedUp()) {
            current = new StateRoom();
            room = current;
        }
        Program program = program(pattern);
        PikeMatcher matcher = new PikeMatcher(program, program.states(current), maxLengths[pattern]);
        return new SpanSearch(pattern, matcher, sink, work);
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
