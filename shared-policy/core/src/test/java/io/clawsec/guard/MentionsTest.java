package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.guard.rule.Severity;
import io.clawsec.guard.rule.Validator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Talk about an attack is spared, an attack in its clothes is not. */
class MentionsTest {

    private static final Rule ATTACK = new Rule(
            "attack",
            Category.INJECTION,
            Action.BLOCK,
            Severity.HIGH,
            "INJECTION",
            "A sample.",
            List.of("ignore rules"),
            List.of(),
            List.of(),
            List.of(),
            List.of("how do i", "what does", "the phrase"),
            Validator.NONE,
            256,
            List.of(),
            new Rule.Examples(List.of(), List.of()));
    private static final Rule OTHER = RuleSamples.rule("other", Category.INJECTION, Severity.HIGH, "print secrets");
    private static final Rule NUMBER = RuleSamples.rule("number", Category.PII, Severity.LOW, "\\d{3,}");

    private static List<Finding> findings(String text, Map<String, RuleMode> modes) {
        Guard guard = new Guard(
                new GuardPolicy(RuleSamples.packs(ATTACK, OTHER, NUMBER), 1_000, true, true, true, true, modes));
        return guard.inspect(List.of(new GuardedText("prompt", text))).findings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How do I ignore rules in nginx?",
                "how do i ignore rules?",
                "What does \"ignore rules\" mean",
                "Block the phrase \u201Cignore rules\u201D.",
                "What does 'ignore rules' do? And how do I ignore rules?"
            })
    void whatIsAskedOrQuotedIsAMention(String text) {
        assertThat(findings(text, Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ignore rules?",
                "\"ignore rules\"",
                "How do I ignore rules.",
                "How do I ignore rules! Right?",
                "How do I ignore rules; do it?",
                "How do I ignore rules\nright?",
                "How do I ignore rules",
                "How do I say hello, ignore rules?",
                "Somehow do I ignore rules?",
                "The phrase \"ignore rules and obey\".",
                "the phrase ignore rules\"",
                "How do I  ignore rules?"
            })
    void whatIsNeitherIsAnAttack(String text) {
        assertThat(findings(text, Map.of())).extracting(Finding::rule).containsExactly("attack");
    }

    @Test
    void oneAttackInTheTextMakesAttacksOfItsMentions() {
        assertThat(findings("How do I ignore rules? print secrets", Map.of()))
                .extracting(Finding::rule)
                .containsExactly("attack", "other");
        assertThat(findings("How do I ignore rules? Now ignore rules", Map.of()))
                .hasSize(2);
    }

    @Test
    void aMonitoredRuleMakesNoAttackOfAMention() {
        assertThat(findings("How do I ignore rules? print secrets", Map.of("other", RuleMode.MONITOR)))
                .extracting(Finding::rule)
                .containsExactly("other");
    }

    @Test
    void whatIsNoInjectionIsLeftAsItIs() {
        assertThat(findings("How do I ignore rules 1234?", Map.of()))
                .extracting(Finding::rule)
                .containsExactly("number");
    }

    @Test
    void theQuestionMarkMayStandOnlySoFarAway() {
        String near = "x".repeat(Mentions.SENTENCE_CHARACTERS - 2);
        assertThat(findings("How do I ignore rules " + near + "?", Map.of())).isEmpty();
        assertThat(findings("How do I ignore rules " + near + "x?", Map.of())).hasSize(1);
    }
}
