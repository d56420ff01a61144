package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Rule;
import java.util.List;

/** What a rule finds in a text by its patterns and its validator, its context words left out of account. */
final class PatternJudge {

    private final Rule rule;
    private final PatternSet set;

    /** Judges by these patterns in the place of the rule's. */
    PatternJudge(Rule rule, List<String> patterns) {
        this.rule = rule;
        this.set = PatternSet.compile(patterns.stream()
                .map(regex -> new PatternSpec(rule.id(), regex, rule.keywords(), rule.also(), rule.maxLength()))
                .toList());
    }

    /** The text with the span from the first match's start to the last one's end. */
    Sample judged(String text) {
        Span span = new Span(text);
        set.scan(text, span);
        return span.end < 0 ? Sample.nothingIn(text) : new Sample(text, span.start, span.end);
    }

    private final class Span implements PatternSet.Sink {
        private final String text;
        private int start = Integer.MAX_VALUE;
        private int end = -1;

        Span(String text) {
            this.text = text;
        }

        @Override
        public boolean found(int pattern, int from, int to) {
            boolean confirmed = rule.validator().confirms(text.substring(from, to));
            if (confirmed) {
                start = Math.min(start, from);
                end = Math.max(end, to);
            }
            return confirmed;
        }

        @Override
        public void extended(int pattern, int from, int to) {
            end = Math.max(end, to);
        }
    }
}
