package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Rule;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one stage, compiled when its first text comes: most processes have judged an input, and answered, long
 * before a model has. Safe for any number of threads.
 */
final class StageRules {

    private final List<Rule> rules;
    private final Function<List<PatternSpec>, PatternSet> compiler;
    private volatile @Nullable CompiledRules compiled;

    private StageRules(List<Rule> rules, Function<List<PatternSpec>, PatternSet> compiler) {
        this.rules = List.copyOf(rules);
        this.compiler = compiler;
    }

    /** Rules that are compiled here and now, so that one that is broken is refused. */
    static StageRules now(List<Rule> rules, Function<List<PatternSpec>, PatternSet> compiler) {
        StageRules stage = new StageRules(rules, compiler);
        stage.compile();
        return stage;
    }

    /** Rules that were all compiled for another stage, and so would not be refused: what is accepted among more is. */
    static StageRules later(List<Rule> rules, Function<List<PatternSpec>, PatternSet> compiler) {
        return new StageRules(rules, compiler);
    }

    CompiledRules compiled() {
        CompiledRules made = compiled;
        return made == null ? compile() : made;
    }

    /** Under a lock, for the work is worth waiting for. */
    private synchronized CompiledRules compile() {
        CompiledRules made = compiled;
        if (made == null) {
            made = CompiledRules.compile(rules, compiler);
            compiled = made;
        }
        return made;
    }
}
