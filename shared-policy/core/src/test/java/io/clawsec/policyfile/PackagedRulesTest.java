package io.clawsec.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged rules do what their own examples say, each alone in a whole guard. */
class PackagedRulesTest {

    private static final Policy POLICY = PolicyFiles.packaged().load();

    static Stream<Rule> rules() {
        return POLICY.packs().stream().flatMap(pack -> pack.rules().stream());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleFiresOnItsMatchesAndOnNothingElse(Rule rule) {
        Guard guard = new Guard(
                GuardPolicy.strict(List.of(new RulePack(rule.category().wireName(), rule.category(), List.of(rule)))));
        List<String> wrong = new ArrayList<>();
        rule.examples().match().stream()
                .filter(text -> !fires(guard, text))
                .forEach(text -> wrong.add("silent on: " + text));
        rule.examples().noMatch().stream()
                .filter(text -> fires(guard, text))
                .forEach(text -> wrong.add("fires on: " + text));
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleIsDescribedReferencedAndHasTwoExamplesEachWay(Rule rule) {
        assertThat(rule.description()).endsWith(".");
        assertThat(rule.references()).isNotEmpty();
        assertThat(rule.examples().match()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(rule.examples().noMatch()).hasSizeGreaterThanOrEqualTo(2);
        boolean otherScript = rule.patterns().stream()
                .allMatch(pattern -> pattern.chars().filter(Character::isLetter).anyMatch(letter -> letter > 0x2FF));
        assertThat(Stream.concat(rule.keywords().stream(), rule.context().stream()))
                .as("what tells a text without a match early, which is ASCII")
                .satisfiesAnyOf(
                        words -> assertThat(words).isNotEmpty(),
                        words -> assertThat(otherScript).isTrue());
    }

    /** What fires one rule blocks or is redacted with all the rules in force, so that no rule masks another. */
    @Test
    void everyMatchIsFoundWithAllRulesTogether() {
        Guard guard = new Guard(GuardPolicy.strict(POLICY.packs()));
        List<String> missed = rules().flatMap(rule -> rule.examples().match().stream())
                .filter(text -> !fires(guard, text))
                .toList();
        assertThat(missed).isEmpty();
    }

    @Test
    void secretsAndPersonalDataOfEveryExampleLeaveNoOutput() {
        Guard guard = new Guard(GuardPolicy.strict(POLICY.packs()));
        List<String> delivered = rules().filter(rule -> rule.category() != Category.INJECTION)
                .flatMap(rule -> rule.examples().match().stream())
                .filter(text -> guard.redact(new GuardedText("response", text))
                        .texts()
                        .get(0)
                        .text()
                        .equals(text))
                .toList();
        assertThat(delivered).isEmpty();
    }

    private static boolean fires(Guard guard, String text) {
        return !guard.inspect(List.of(new GuardedText("prompt", text)))
                .findings()
                .isEmpty();
    }
}
