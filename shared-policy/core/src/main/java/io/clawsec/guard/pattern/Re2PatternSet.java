package io.clawsec.guard.pattern;

import java.util.BitSet;
import java.util.List;

/** RE2/J, pattern by pattern, behind one keyword gate: most texts run only a few of the patterns. */
final class Re2PatternSet implements PatternSet {

    private final KeywordGate gate;
    private final List<Re2Pattern> patterns;

    Re2PatternSet(List<PatternSpec> specs) {
        this.gate = new KeywordGate(specs);
        this.patterns = specs.stream().map(Re2Pattern::compile).toList();
    }

    @Override
    public void scan(String text, Sink sink) {
        BitSet open = gate.open(text);
        for (int pattern = open.nextSetBit(0); pattern >= 0; pattern = open.nextSetBit(pattern + 1)) {
            patterns.get(pattern).scan(text, pattern, sink);
        }
    }
}
