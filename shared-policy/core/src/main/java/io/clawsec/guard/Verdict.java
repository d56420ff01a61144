package io.clawsec.guard;

import java.util.List;
import java.util.function.Function;

/** What the guard decided on a set of texts: pass, with personal data redacted, or block. */
public sealed interface Verdict {

    /** Every finding, by field and start. */
    List<Finding> findings();

    /** What was scanned. */
    Receipt receipt();

    /**
     * The verdict, if it is one on exactly these texts. A text that the receipt does not name was not looked at, and what
     * was not looked at goes nowhere.
     *
     * @throws GuardUnavailableException when it is not
     */
    static <V extends Verdict> V covering(List<GuardedText> submitted, V verdict) {
        boolean redactedAll = verdict.<Boolean>fold(
                pass -> pass.texts().stream()
                        .map(Redaction::field)
                        .toList()
                        .equals(submitted.stream().map(GuardedText::field).toList()),
                block -> true);
        if (!redactedAll || !verdict.receipt().covers(submitted)) {
            throw new GuardUnavailableException("the guard has not scanned every field that it was given", null);
        }
        return verdict;
    }

    /** Chooses by kind; the JDK 17 form of an exhaustive switch. */
    <T> T fold(Function<Pass, T> pass, Function<Block, T> block);

    /**
     * The texts may go on, as redacted here.
     *
     * @param texts one redaction for each text that was inspected, in the same order
     */
    record Pass(List<Redaction> texts, List<Finding> findings, Receipt receipt) implements Verdict {
        public Pass {
            texts = List.copyOf(texts);
            findings = List.copyOf(findings);
        }

        @Override
        public <T> T fold(Function<Pass, T> pass, Function<Block, T> block) {
            return pass.apply(this);
        }
    }

    /**
     * The request must be refused.
     *
     * @param reason one safe sentence that names the category, never the text or the pattern
     */
    record Block(String reason, List<Finding> findings, Receipt receipt) implements Verdict {
        public Block {
            findings = List.copyOf(findings);
        }

        @Override
        public <T> T fold(Function<Pass, T> pass, Function<Block, T> block) {
            return block.apply(this);
        }
    }
}
