package io.clawsec.guard;

import io.clawsec.guard.pattern.PatternStream;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.text.PlainView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Redacts a text that arrives in pieces: redacted text leaves as soon as it is certain. Whatever the pieces are, all
 * that leaves, joined, is what {@link Guard#redact} makes of the whole. Not for several threads.
 *
 * <p>What it holds back is bounded by the rules: a match is decided within its rule's {@code max_length}, and one that
 * needs context {@link Rule#CONTEXT_CHARACTERS} after it. Whatever goes wrong inside is a
 * {@link GuardUnavailableException}; nothing may be sent after one.
 */
public final class StreamRedactor {

    /** Characters before a match that may decide about it: context, one character round it, and a placeholder. */
    private static final int LOOK_BEHIND = 2 * Rule.CONTEXT_CHARACTERS;

    private final String field;
    private final Candidates candidates;
    private final SettledCandidates settled = new SettledCandidates();
    private final PatternStream patterns;

    /** The text from the place {@link #base} on, and the view of it that the rules see. */
    private final StringBuilder text = new StringBuilder();

    private final StringBuilder view = new StringBuilder();
    private int base;
    private int sent;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> placeholders = new ArrayList<>();

    StreamRedactor(String field, CompiledRules rules, Function<Rule, Action> actions) {
        this.field = field;
        this.candidates = new Candidates(rules, actions, false);
        this.patterns = rules.patterns().stream(new CandidateSink(candidates, view, () -> base));
    }

    /** Takes the next piece; returns what is certain now, which may be nothing. */
    public String append(String piece) {
        return Guard.closed(() -> {
            text.append(piece);
            String seen = PlainView.of(piece);
            view.append(seen);
            patterns.append(seen);
            return release(candidates.settle(view, base, patterns.undecidedFrom()));
        });
    }

    /** Takes the end of the text; returns the rest. */
    public String finish() {
        return Guard.closed(() -> {
            patterns.finish();
            candidates.settle(view, base, Integer.MAX_VALUE);
            return release(base + text.length());
        });
    }

    /** Characters (UTF-16 units) that have come and may still leave; what is sure to be redacted is not among them. */
    public int held() {
        return settled.firstRedacted(candidates.firstCertain(base + text.length())) - sent;
    }

    /** What was found so far, in order. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The placeholders that were put in so far, each once, in order of first appearance. */
    public List<String> placeholders() {
        return List.copyOf(placeholders);
    }

    private String release(int decided) {
        candidates.takeSettled().forEach(settled::add);
        List<Candidate> found = settled.upTo(decided);
        findings.addAll(TextScan.findings(field, found));
        int to = settled.first(decided);
        StringBuilder out = new StringBuilder();
        for (Candidate candidate : found) {
            if (candidate.action() == Action.REDACT) {
                String placeholder = candidate.rule().placeholder();
                out.append(text, sent - base, candidate.start() - base).append(placeholder);
                sent = candidate.end();
                if (!placeholders.contains(placeholder)) {
                    placeholders.add(placeholder);
                }
            }
        }
        out.append(text, sent - base, to - base);
        sent = to;
        forget();
        return out.toString();
    }

    private void forget() {
        int gone = sent - LOOK_BEHIND - base;
        if (gone > text.length() / 2) {
            text.delete(0, gone);
            view.delete(0, gone);
            base += gone;
            candidates.forget(base);
        }
    }
}
