package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.text.KnownWords;
import io.clawsec.policyfile.PolicyFiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the whole guard finds in the rules' own examples it finds in them when they are disguised. */
class DisguisedExamplesTest {

    private static final GuardPolicy STRICT =
            GuardPolicy.strict(PolicyFiles.packaged().load().packs());
    private static final Guard GUARD = new Guard(STRICT);
    private static final KnownWords WORDS = new KnownWords(rules().stream()
            .filter(rule -> rule.category() == Category.INJECTION)
            .flatMap(rule -> rule.patterns().stream())
            .toList());
    private static final List<Plain> EXAMPLES = rules().stream()
            .flatMap(rule -> rule.examples().match().stream().map(text -> Plain.of(rule, text)))
            .toList();

    private static final int BLOCK = 256;
    private static final int MOST_LOST_IF_CUT = 8;
    /** Of so many outputs one is read as a stream too, in pieces of so many characters. */
    private static final int STREAMED = 5;

    private static final int PIECE = 7;

    private static List<Rule> rules() {
        return STRICT.packs().stream().flatMap(pack -> pack.rules().stream()).toList();
    }

    /** An example, and what is found in it as it stands. */
    private record Plain(Rule rule, String text, List<Finding> inInput, List<Finding> inOutput) {

        static Plain of(Rule rule, String text) {
            return new Plain(rule, text, own(rule, found(text, false)), own(rule, found(text, true)));
        }

        /** The rule's own findings; all where another rule names the span. */
        private static List<Finding> own(Rule rule, List<Finding> all) {
            List<Finding> own = all.stream()
                    .filter(finding -> finding.rule().equals(rule.id()))
                    .toList();
            return own.isEmpty() ? all : own;
        }

        /** Whether what was found is found in the disguise too; there another rule may name a span that has become wider. */
        boolean isSeenIn(Disguise.Disguised disguised, boolean output) {
            List<Finding> found = found(disguised.text(), output);
            return (output ? inOutput : inInput)
                    .stream()
                            .allMatch(wanted -> found.stream()
                                    .anyMatch(finding -> finding.category() == wanted.category()
                                            && disguised.isIn(finding, wanted.start(), wanted.end())));
        }
    }

    private static List<Finding> found(String text, boolean output) {
        GuardedText guarded = new GuardedText("text", text);
        return output
                ? GUARD.redact(guarded).findings()
                : GUARD.inspect(List.of(guarded)).findings();
    }

    private static String streamed(String text) {
        StreamRedactor redactor = GUARD.redactor("text");
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < text.length(); at += PIECE) {
            out.append(redactor.append(text.substring(at, Math.min(text.length(), at + PIECE))));
        }
        return out + redactor.finish();
    }

    @Test
    void everyExampleIsFoundAsItStands() {
        assertThat(EXAMPLES.stream()
                        .filter(plain -> plain.inInput().isEmpty()
                                || (plain.rule().category() != Category.INJECTION
                                        && plain.inOutput().isEmpty()))
                        .map(Plain::text))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void inAnInput(Disguise disguise) {
        List<Plain> worn = worn(disguise)
                .filter(plain -> disguise.kind() != Disguise.Kind.SPELLING
                        || plain.rule().category() == Category.INJECTION)
                .toList();
        assertThat(1 - share(missed(disguise, "input", worn), worn))
                .isGreaterThanOrEqualTo(disguise.leastSeenThrough());
    }

    /**
     * What is longer than a block is cut, and a key that is encoded itself, or is base64 in base64, may be decoded in
     * pieces.
     */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LEET", "SPACED", "DASHED", "REVERSED", "REVERSED_WORDS", "ROT13"})
    void inAnOutput(Disguise disguise) {
        Map<Boolean, List<Plain>> inOneBlock = worn(disguise)
                .filter(plain -> plain.rule().category() != Category.INJECTION)
                .collect(Collectors.partitioningBy(
                        plain -> isInBlocks(disguise.of(plain.text()).text())));
        assertThat(missed(disguise, "output", inOneBlock.getOrDefault(true, List.of())))
                .isEmpty();
        assertThat(missed(disguise, "longer output", inOneBlock.getOrDefault(false, List.of())))
                .hasSizeLessThanOrEqualTo(MOST_LOST_IF_CUT);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LEET", "SPACED", "DASHED", "REVERSED", "REVERSED_WORDS", "ROT13"})
    void aStreamSaysWhatTheWholeOutputSays(Disguise disguise) {
        List<Plain> worn = worn(disguise).toList();
        for (int i = 0; i < worn.size(); i += STREAMED) {
            String text = disguise.of(worn.get(i).text()).text();
            assertThat(streamed(text))
                    .isEqualTo(GUARD.redact(new GuardedText("text", text))
                            .texts()
                            .get(0)
                            .text());
        }
    }

    private static boolean isInBlocks(String text) {
        return Stream.of(text.split("\\s", -1)).allMatch(word -> word.length() < BLOCK);
    }

    private static Stream<Plain> worn(Disguise disguise) {
        return EXAMPLES.stream().filter(plain -> disguise.suits(plain.text(), WORDS));
    }

    /** The examples that pass in the disguise; prints how many do not. */
    private static List<String> missed(Disguise disguise, String stage, List<Plain> worn) {
        List<String> missed = worn.stream()
                .filter(plain -> !plain.isSeenIn(disguise.of(plain.text()), !stage.equals("input")))
                .map(plain -> plain.rule().id() + ": " + plain.text())
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%-13s %-18s %5d of %5d seen through (%.2f %%)%n",
                stage,
                disguise,
                worn.size() - missed.size(),
                worn.size(),
                100 * (1 - share(missed, worn)));
        return missed;
    }

    private static double share(List<?> some, List<?> all) {
        return all.isEmpty() ? 0 : (double) some.size() / all.size();
    }
}
