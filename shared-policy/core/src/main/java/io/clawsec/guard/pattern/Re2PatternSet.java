package io.clawsec.guard.pattern;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * RE2/J, pattern by pattern, behind one keyword gate: most texts run only a few of the patterns.
 *
 * <p>A pattern is compiled when the gate first lets a text through to it, for a process that starts for one request
 * meets few of them.
 */
final class Re2PatternSet implements PatternSet {

    private final KeywordGate gate;
    private final List<PatternSpec> specs;
    private final AtomicReferenceArray<Re2Pattern> compiled;

    Re2PatternSet(List<PatternSpec> specs) {
        this.gate = new KeywordGate(specs);
        this.specs = List.copyOf(specs);
        this.compiled = new AtomicReferenceArray<>(specs.size());
    }

    @Override
    public void scan(String text, Sink sink) {
        BitSet open = gate.open(text);
        for (int pattern = open.nextSetBit(0); pattern >= 0; pattern = open.nextSetBit(pattern + 1)) {
            pattern(pattern).scan(text, pattern, sink);
        }
    }

    /** Two threads may compile the same pattern at once; either result serves. */
    @SuppressWarnings("NullAway") // an element is null until it is compiled
    private Re2Pattern pattern(int number) {
        Re2Pattern pattern = compiled.get(number);
        if (pattern == null) {
            pattern = Re2Pattern.compile(specs.get(number));
            compiled.set(number, pattern);
        }
        return pattern;
    }
}
