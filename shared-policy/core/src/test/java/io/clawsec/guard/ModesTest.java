package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.guard.rule.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mode does to a rule, given to it or to its category. */
class ModesTest {

    private static final Rule ATTACK = RuleSamples.rule("attack", Category.INJECTION, Severity.HIGH, "attack");
    private static final Rule KEY = RuleSamples.rule("key", Category.SECRET, Severity.HIGH, "key-\\d+");
    private static final Rule TOKEN = RuleSamples.rule("token", Category.SECRET, Severity.HIGH, "token-\\d+");
    private static final Rule NUMBER = RuleSamples.rule("number", Category.PII, Severity.LOW, "\\d{3,}");
    private static final Rule[] RULES = {ATTACK, KEY, TOKEN, NUMBER};

    private static Guard guard(Map<String, RuleMode> modes, Rule... rules) {
        return new Guard(new GuardPolicy(RuleSamples.packs(rules), 100, true, true, true, true, modes));
    }

    /** Modes as {@code name=mode,name=mode}. */
    private static Map<String, RuleMode> modes(String text) {
        Map<String, RuleMode> modes = new TreeMap<>();
        for (String entry : text.split(",", -1)) {
            String[] nameAndMode = entry.split("=", -1);
            modes.put(nameAndMode[0], RuleMode.of(nameAndMode[1]).orElseThrow());
        }
        return modes;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            secret=off                              | attack=enforce key=off token=off number=enforce         | 2 | 0
            secret=monitor,key=enforce              | attack=enforce key=enforce token=monitor number=enforce | 0 | 1
            secret=enforce,key=off                  | attack=enforce key=off token=enforce number=enforce     | 1 | 0
            injection=monitor,secret=off,pii=off    | attack=monitor key=off token=off number=off             | 3 | 1
            length=off                              | attack=enforce key=enforce token=enforce number=enforce | 0 | 0
            """)
    void aRulesOwnModeWinsOverItsCategorys(String given, String expected, int off, int monitored) {
        Guard guard = guard(modes(given), RULES);
        assertThat(guard.rules().stream()
                        .map(rule -> rule.rule().id() + "=" + rule.mode().wireName())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(guard.rulesOff()).isEqualTo(off);
        assertThat(guard.rulesMonitored()).isEqualTo(monitored);
    }

    /** Over every subset of rules that watch: what goes on is what goes on where they are off. */
    @ParameterizedTest
    @ValueSource(strings = {"attack key-12", "token-123 key-1234", "12345", "key-1", "hello", "attacktoken-1key-12345"})
    void whatIsMonitoredIsToldAndDecidesAndChangesNothing(String text) {
        for (int subset = 0; subset < 1 << RULES.length; subset++) {
            Map<String, RuleMode> watched = new TreeMap<>();
            for (int i = 0; i < RULES.length; i++) {
                if ((subset >> i & 1) == 1) {
                    watched.put(RULES[i].id(), RuleMode.MONITOR);
                }
            }
            Map<String, RuleMode> absent = new TreeMap<>(watched);
            absent.replaceAll((rule, mode) -> RuleMode.OFF);
            Guard watching = guard(watched, RULES);
            Guard without = guard(absent, RULES);
            GuardedText field = new GuardedText("prompt", text);
            Verdict seen = watching.inspect(List.of(field));
            Verdict unseen = without.inspect(List.of(field));
            assertThat(texts(seen)).as(watched + " " + text).isEqualTo(texts(unseen));
            assertThat(enforced(seen)).isEqualTo(enforced(unseen));
            assertThat(watching.redact(field).texts())
                    .isEqualTo(without.redact(field).texts());
            List<String> alone = Arrays.stream(RULES)
                    .filter(rule -> watched.containsKey(rule.id()))
                    .filter(rule -> !guard(Map.of(), rule)
                            .inspect(List.of(field))
                            .findings()
                            .isEmpty())
                    .map(Rule::id)
                    .toList();
            List<Finding> told = seen.findings().stream()
                    .filter(finding -> finding.action() == Action.MONITOR)
                    .toList();
            assertThat(told.isEmpty()).isEqualTo(alone.isEmpty());
            assertThat(alone).containsAll(told.stream().map(Finding::rule).toList());
        }
    }

    private static String texts(Verdict verdict) {
        return verdict.fold(pass -> pass.texts().get(0).text(), block -> "blocked: " + block.reason());
    }

    private static List<Finding> enforced(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> finding.action() != Action.MONITOR)
                .toList();
    }

    @Test
    void aLengthHasNoModeForItIsNoRule() {
        Verdict verdict =
                guard(modes("length=off"), RULES).inspect(List.of(new GuardedText("prompt", "a".repeat(101))));
        assertThat(verdict).isInstanceOf(Verdict.Block.class);
    }
}
