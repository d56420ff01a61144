package io.clawsec.guard;

import io.clawsec.guard.rule.ContextWords;
import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells in one pass which rules have one of their context words anywhere in a text: most texts with numbers hold none of
 * the words that would make them account numbers of one country or the other. Immutable.
 */
final class ContextGate {

    private final ContextWords words;
    /** The ids of the rules that each word is context for, by its place among the words. */
    private final List<Set<String>> rulesOf;

    ContextGate(Collection<Rule> rules) {
        Map<String, Set<String>> byWord = new LinkedHashMap<>();
        for (Rule rule : rules) {
            for (String word : rule.context()) {
                byWord.computeIfAbsent(word, first -> new HashSet<>()).add(rule.id());
            }
        }
        this.words = new ContextWords(List.copyOf(byWord.keySet()));
        this.rulesOf = new ArrayList<>(byWord.values());
    }

    /** The ids of the rules of which a context word stands in the text. */
    Set<String> open(CharSequence text) {
        Set<String> open = new HashSet<>();
        words.allIn(text).stream().forEach(word -> open.addAll(rulesOf.get(word)));
        return open;
    }
}
