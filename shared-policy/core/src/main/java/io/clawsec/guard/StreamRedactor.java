package io.clawsec.guard;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.text.PlainView;
import io.clawsec.guard.text.RevealedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Redacts a text that arrives in pieces: redacted text leaves as soon as it is certain. Whatever the pieces are, all
 * that leaves, joined, is what {@link Guard#redact} makes of the whole. Not for several threads.
 *
 * <p>What it holds back is bounded by the rules and by the blocks in which a text is revealed: a match is decided within
 * its rule's {@code max_length}, one that needs context {@link Rule#CONTEXT_CHARACTERS} after it, and neither before its
 * block is complete. Whatever goes wrong inside is a {@link GuardUnavailableException}; nothing may be sent after one.
 */
public final class StreamRedactor {

    private final String field;
    private final ViewScan plain;
    private final ViewScan revealed;
    private final RevealedText revealedText = new RevealedText();
    private final SettledCandidates settled = new SettledCandidates();

    /** The text from the place {@link #base} on. */
    private final StringBuilder text = new StringBuilder();

    private int base;
    private int sent;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> placeholders = new ArrayList<>();

    StreamRedactor(String field, CompiledRules rules, Function<Rule, Action> actions) {
        this.field = field;
        this.plain = new ViewScan(rules, actions);
        this.revealed = new ViewScan(rules, actions);
    }

    /** Takes the next piece; returns what is certain now, which may be nothing. */
    public String append(String piece) {
        return Guard.closed(() -> {
            text.append(piece);
            int inPlain = plain.append(PlainView.of(piece));
            int inRevealed = revealed.append(revealedText.append(piece));
            takeSettled();
            String certain = release(Math.min(inPlain, revealedText.start(inRevealed)));
            revealedText.forget(inRevealed);
            return certain;
        });
    }

    /** Takes the end of the text; returns the rest. */
    public String finish() {
        return Guard.closed(() -> {
            plain.finish();
            revealed.append(revealedText.finish());
            revealed.finish();
            takeSettled();
            return release(base + text.length());
        });
    }

    private void takeSettled() {
        plain.takeSettled().forEach(settled::add);
        for (Candidate candidate : revealed.takeSettled()) {
            settled.add(candidate.at(revealedText.start(candidate.start()), revealedText.end(candidate.end() - 1)));
        }
    }

    /** Characters (UTF-16 units) that have come and may still leave; what is sure to be redacted is not among them. */
    public int held() {
        int end = base + text.length();
        int certain = plain.firstCertain(end);
        int inRevealed = revealed.firstCertain(Integer.MAX_VALUE);
        if (inRevealed != Integer.MAX_VALUE) {
            certain = Math.min(certain, revealedText.start(inRevealed));
        }
        return settled.firstRedacted(certain) - sent;
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
        int gone = sent - base;
        if (gone > text.length() / 2) {
            text.delete(0, gone);
            base += gone;
        }
    }
}
