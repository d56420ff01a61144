package io.clawsec.guard;

import io.clawsec.guard.rule.RulePack;
import java.util.List;

/** A guard whose matcher breaks on texts that hold {@link #TRIGGER}; here, for the constructor that it needs. */
public final class BrokenGuard {

    /** What it breaks on. */
    public static final String TRIGGER = "matcher-breaker";

    private BrokenGuard() {}

    public static Guard over(List<RulePack> packs) {
        return new Guard(GuardPolicy.strict(packs), specs -> (text, sink) -> {
            if (text.contains(TRIGGER)) {
                throw new IllegalStateException("it broke on: " + text);
            }
        });
    }
}
