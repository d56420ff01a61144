package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternStream;
import io.clawsec.guard.rule.RulePack;
import java.util.List;

/** A guard whose matcher breaks on texts that hold {@link #TRIGGER}; here, for the constructor that it needs. */
public final class BrokenGuard {

    /** What it breaks on. */
    public static final String TRIGGER = "matcher-breaker";

    private BrokenGuard() {}

    public static Guard over(List<RulePack> packs) {
        return new Guard(GuardPolicy.strict(packs), specs -> new BreakingPatternSet());
    }

    private static final class BreakingPatternSet implements PatternSet {

        @Override
        public void scan(String text, Sink sink) {
            if (text.contains(TRIGGER)) {
                throw new IllegalStateException("it broke on: " + text);
            }
        }

        @Override
        public PatternStream stream(Sink sink) {
            throw new IllegalStateException("no stream is asked for here");
        }
    }
}
