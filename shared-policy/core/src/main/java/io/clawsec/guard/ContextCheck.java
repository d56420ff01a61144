package io.clawsec.guard;

import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a match that needs context, before its span is looked for, that it can have none: no word of its rule stands
 * anywhere in the text, and nothing of its kind was found that is, or might become, a placeholder. For one text and one
 * thread.
 */
final class ContextCheck {

    /** In less than this part of a text a look for the spans is cheaper than a look for all context words. */
    private static final int FEW = 16;

    private final ContextGate gate;
    /** What the placeholders in the text are called, and those that matches may become. */
    private final Set<String> labels = new HashSet<>();

    /** The rules of matches taken while it was not known yet which rules have context. */
    private final List<Rule> unsure = new ArrayList<>();

    /** The ids of the rules with a context word in the text; null as long as it is not worth while to know. */
    private @Nullable Set<String> open;

    /** Characters in which matches that need context were expected so far. */
    private int asked;

    ContextCheck(ContextGate gate) {
        this.gate = gate;
    }

    /**
     * Whether a match of the rule could count, as far as is known.
     *
     * @param text all of it
     * @param characters how many would have to be looked at
     */
    boolean mayCount(Rule rule, CharSequence text, int characters) {
        if (rule.context().isEmpty() || labels.contains(rule.label())) {
            return true;
        }
        asked += characters;
        if (open == null && asked > text.length() / FEW) {
            open = gate.open(text);
            unsure.forEach(this::taken);
            unsure.clear();
        }
        return open == null || open.contains(rule.id());
    }

    /** Tells that there is a match of the rule, which counts if it has the context that it needs. */
    void taken(Rule rule) {
        if (rule.context().isEmpty() || (open != null && open.contains(rule.id()))) {
            labels.add(rule.label());
        } else if (open == null) {
            unsure.add(rule);
        }
    }

    /** Tells that there is a placeholder. */
    void placeholder(String label) {
        labels.add(label);
    }
}
