package io.clawsec.fuzz;

import static io.clawsec.fuzz.FuzzTarget.check;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.StreamRedactor;
import io.clawsec.guard.Verdict;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.policyfile.PolicyFiles;
import java.util.List;

/**
 * Any text, cut into pieces of the lengths that its first characters stand for: what leaves, joined, is the redaction of
 * the whole, and little is held back on the way.
 */
final class StreamTarget {

    private static final int LENGTHS = 8;
    private static final int LONGEST_PIECE = 64;
    private static final int ORDINARY_MAX_LENGTH = 256;

    /** A match that may still be, context after it, one more that overlaps it, and a placeholder. */
    private static final int MAX_HELD = 1_024;

    private static final List<RulePack> PACKS = PolicyFiles.packaged().load().packs();
    private static final Guard ALL = new Guard(GuardPolicy.strict(PACKS));
    private static final Guard ORDINARY = new Guard(GuardPolicy.strict(
            PACKS.stream().map(StreamTarget::withoutLongMatches).toList()));

    private StreamTarget() {}

    private static RulePack withoutLongMatches(RulePack pack) {
        List<Rule> ordinary = pack.rules().stream()
                .filter(rule -> rule.maxLength() <= ORDINARY_MAX_LENGTH)
                .toList();
        return new RulePack(pack.name(), pack.category(), ordinary);
    }

    static void test(String input) {
        int header = Math.min(LENGTHS, input.length());
        int[] lengths = input.substring(0, header)
                .chars()
                .map(character -> 1 + character % LONGEST_PIECE)
                .toArray();
        String text = input.substring(header);
        leavesAsTheWhole(ALL, text, lengths, Integer.MAX_VALUE);
        leavesAsTheWhole(ORDINARY, text, lengths, MAX_HELD);
    }

    private static void leavesAsTheWhole(Guard guard, String text, int[] lengths, int maxHeld) {
        Verdict.Pass whole = guard.redact(new GuardedText("response", text));
        StreamRedactor redactor = guard.redactor("response");
        StringBuilder left = new StringBuilder();
        int at = 0;
        for (int piece = 0; at < text.length(); piece++) {
            int next = Math.min(text.length(), at + lengths[piece % lengths.length]);
            left.append(redactor.append(text.substring(at, next)));
            at = next;
            int held = redactor.held();
            check(0 <= held && held <= Math.min(at, maxHeld), "held back ", List.of(held, " after ", at));
        }
        left.append(redactor.finish());
        check(redactor.held() == 0, "held back at the end ", List.of(redactor.held()));
        check(
                left.toString().equals(whole.texts().get(0).text()),
                "what left is not the redaction of the whole",
                List.of());
        check(
                redactor.findings().equals(whole.findings()),
                "it found ",
                List.of(redactor.findings(), ", not ", whole.findings()));
        check(
                redactor.placeholders().equals(whole.texts().get(0).placeholders()),
                "it put in ",
                redactor.placeholders());
    }
}
