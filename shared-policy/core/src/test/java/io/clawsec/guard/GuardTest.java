package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.guard.pattern.PatternRefusedException;
import io.clawsec.guard.pattern.PatternSet;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RuleMode;
import io.clawsec.guard.rule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final Rule ATTACK = RuleSamples.rule("attack", Category.INJECTION, Severity.HIGH, "attack");
    private static final Rule KEY = RuleSamples.rule("key", Category.SECRET, Severity.HIGH, "key-\\d+");
    private static final Rule NUMBER = RuleSamples.rule("number", Category.PII, Severity.LOW, "\\d{3,}");
    private static final Rule DATED =
            RuleSamples.rule("dated", Category.PII, Severity.LOW, "\\d+/\\d+", List.of("born"));

    private static final Guard GUARD = guard(Map.of());

    private static Guard guard(Map<String, RuleMode> modes) {
        return new Guard(
                new GuardPolicy(RuleSamples.packs(ATTACK, KEY, NUMBER, DATED), 100, true, true, true, true, modes));
    }

    private static Verdict inspect(Guard guard, String text) {
        return guard.inspect(List.of(new GuardedText("prompt", text)));
    }

    private static String redact(Guard guard, String text) {
        return guard.redact(new GuardedText("response", text)).texts().get(0).text();
    }

    @Test
    void anInjectionOrASecretInAnInputBlocks() {
        assertThat(inspect(GUARD, "an attack")).isInstanceOfSatisfying(Verdict.Block.class, block -> {
            assertThat(block.findings())
                    .containsExactly(new Finding("attack", Category.INJECTION, Action.BLOCK, "prompt", 3, 9, 1.0));
            assertThat(block.reason()).doesNotContain("attack\\b").endsWith(".");
        });
        assertThat(inspect(GUARD, "use key-12")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void oneBadFieldBlocksTheWholeRequest() {
        Verdict verdict =
                GUARD.inspect(List.of(new GuardedText("prompt", "hello"), new GuardedText("system_prompt", "attack")));
        assertThat(verdict).isInstanceOf(Verdict.Block.class);
        assertThat(verdict.findings()).extracting(Finding::field).containsExactly("system_prompt");
        assertThat(verdict.receipt().fields()).containsExactly("prompt", "system_prompt");
    }

    @Test
    void personalDataInAnInputIsReplacedAndTheRestIsLeftAlone() {
        Verdict verdict = inspect(GUARD, "call 12345 or 678, \uD83D\uDE00 44");
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Pass.class,
                        pass -> assertThat(pass.texts())
                                .containsExactly(new Redaction(
                                        "prompt",
                                        "call [NUMBER-REDACTED] or [NUMBER-REDACTED], \uD83D\uDE00 44",
                                        List.of("[NUMBER-REDACTED]"))));
        assertThat(verdict.receipt())
                .isEqualTo(new Receipt("input", List.of("prompt"), 23, List.of("plain", "folded"), 4));
    }

    @Test
    void secretsAndPersonalDataInAnOutputAreReplacedAndInjectionsAreNotLookedFor() {
        Verdict.Pass pass = GUARD.redact(new GuardedText("response", "attack with key-12 and 999"));
        assertThat(pass.texts().get(0).text()).isEqualTo("attack with [KEY-REDACTED] and [NUMBER-REDACTED]");
        assertThat(pass.findings()).extracting(Finding::action).containsOnly(Action.REDACT);
        assertThat(pass.receipt().stage()).isEqualTo("output");
    }

    @Test
    void aSpanThatTwoRulesShareIsReplacedWholeUnderTheWorseName() {
        assertThat(redact(GUARD, "key-1234")).isEqualTo("[KEY-REDACTED]");
        Guard overlapping = new Guard(GuardPolicy.strict(RuleSamples.packs(
                RuleSamples.rule("left", Category.PII, Severity.LOW, "abcd"),
                RuleSamples.rule("right", Category.PII, Severity.MEDIUM, "cde"))));
        assertThat(redact(overlapping, "xabcdex")).isEqualTo("x[RIGHT-REDACTED]x");
        Guard equal = new Guard(GuardPolicy.strict(RuleSamples.packs(
                RuleSamples.rule("short", Category.PII, Severity.LOW, "abc"),
                RuleSamples.rule("long", Category.PII, Severity.LOW, "bcde"))));
        assertThat(redact(equal, "abcde")).isEqualTo("[LONG-REDACTED]");
    }

    @Test
    void aMonitoredRuleIsToldAndChangesNothing() {
        Guard monitoring = guard(Map.of("attack", RuleMode.MONITOR, "key", RuleMode.MONITOR));
        Verdict verdict = inspect(monitoring, "attack key-12");
        assertThat(verdict).isInstanceOf(Verdict.Pass.class);
        assertThat(verdict.findings()).extracting(Finding::action).containsOnly(Action.MONITOR);
        assertThat(redact(monitoring, "key-1234")).isEqualTo("key-[NUMBER-REDACTED]");
    }

    @Test
    void aRuleThatIsOffIsNotLookedForButIsListed() {
        Guard off = guard(Map.of("attack", RuleMode.OFF));
        assertThat(inspect(off, "attack").findings()).isEmpty();
        assertThat(off.rules())
                .extracting(entry -> entry.rule().id() + " " + entry.mode().wireName())
                .containsExactly("attack off", "key enforce", "number enforce", "dated enforce");
        assertThat(off.ruleCount(Category.PII)).isEqualTo(2);
    }

    @Test
    void aSwitchSilencesItsCategoryOnlyWhereItSays() {
        Guard open = new Guard(
                new GuardPolicy(RuleSamples.packs(ATTACK, KEY, NUMBER), 100, false, false, false, false, Map.of()));
        assertThat(inspect(open, "attack key-12 345").findings()).isEmpty();
        assertThat(redact(open, "key-12 345")).isEqualTo("[KEY-REDACTED] 345");
    }

    @Test
    void anOverlongTextBlocksBeforeAnyPatternRuns() {
        Guard guard = new Guard(
                new GuardPolicy(RuleSamples.packs(ATTACK), 4, true, true, true, true, Map.of()),
                failing(new AssertionError("a pattern ran")));
        assertThat(inspect(guard, "12345"))
                .isInstanceOfSatisfying(
                        Verdict.Block.class,
                        block -> assertThat(block.findings())
                                .containsExactly(new Finding(
                                        "max-input-length", Category.LENGTH, Action.BLOCK, "prompt", 4, 5, 1.0)));
    }

    @Test
    void lengthIsCountedInCodePoints() {
        Guard guard = new Guard(new GuardPolicy(RuleSamples.packs(), 4, true, true, true, true, Map.of()));
        assertThat(inspect(guard, "\uD83D\uDE00".repeat(4))).isInstanceOf(Verdict.Pass.class);
        assertThat(inspect(guard, "\uD83D\uDE00".repeat(5))).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void whateverGoesWrongInsideWithholdsAndQuotesNothing() {
        for (Throwable failure : List.of(
                new IllegalStateException("s3cret"), new StackOverflowError(), new OutOfMemoryError("s3cret"))) {
            Guard guard = new Guard(GuardPolicy.strict(RuleSamples.packs(KEY)), failing(failure));
            assertThatThrownBy(() -> inspect(guard, "s3cret"))
                    .isInstanceOf(GuardUnavailableException.class)
                    .hasNoCause()
                    .hasMessageNotContaining("s3cret");
            assertThatThrownBy(() -> redact(guard, "s3cret")).isInstanceOf(GuardUnavailableException.class);
        }
    }

    /** Linear as every pattern is, but with three thousand places to be at for each character of its text. */
    @Test
    void aTextThatCostsMoreThanAnyMayIsNotJudged() {
        String branches = IntStream.range(0, 12)
                .mapToObj(branch -> "a[a" + (char) ('b' + branch) + "]{0,290}")
                .collect(Collectors.joining("|"));
        Rule costly = RuleSamples.rule("costly", Category.PII, Severity.LOW, "(?:" + branches + ")x");
        Guard guard = new Guard(GuardPolicy.strict(RuleSamples.packs(costly)));
        String text = ("a".repeat(255) + "x").repeat(GuardPolicy.DEFAULT_MAX_INPUT_LENGTH / 256);
        for (ThrowingCallable judging : List.<ThrowingCallable>of(
                () -> inspect(guard, text),
                () -> redact(guard, text),
                () -> guard.redactor("response").append(text))) {
            assertThatThrownBy(judging)
                    .isInstanceOf(GuardUnavailableException.class)
                    .hasMessageContaining("WorkBound");
        }
        assertThat(redact(guard, "aaaax")).isEqualTo("[COSTLY-REDACTED]");
    }

    @Test
    void aNumberNeedsItsContextNearby() {
        assertThat(redact(GUARD, "BORN 1/2")).isEqualTo("BORN [DATED-REDACTED]");
        assertThat(redact(GUARD, "reborn 1/2")).isEqualTo("reborn 1/2");
        assertThat(redact(GUARD, "1/2 is when I was born")).startsWith("[DATED-REDACTED]");
        assertThat(redact(GUARD, "born" + " ".repeat(60) + "1/2")).endsWith("[DATED-REDACTED]");
        assertThat(redact(GUARD, "born" + " ".repeat(61) + "1/2")).endsWith("1/2");
    }

    @Test
    void aListAfterOneContextWordIsRedactedToItsEnd() {
        String list = "born 1/2, " + "3/4, ".repeat(30);
        assertThat(redact(GUARD, list)).doesNotContain("/");
        assertThat(redact(GUARD, redact(GUARD, list))).isEqualTo(redact(GUARD, list));
    }

    @Test
    void theWordsOfAPlaceholderAreNoContextForAnotherKind() {
        Rule born = RuleSamples.rule("born", Category.PII, Severity.HIGH, "x\\d");
        Guard guard = new Guard(GuardPolicy.strict(RuleSamples.packs(born, DATED)));
        assertThat(redact(guard, "x1 1/2")).isEqualTo("[BORN-REDACTED] 1/2");
        assertThat(redact(guard, "[BORN-REDACTED] 1/2")).isEqualTo("[BORN-REDACTED] 1/2");
    }

    @Test
    void fullWidthDigitsAndOddDashesAreSeenThrough() {
        assertThat(redact(GUARD, "key\u2011\uFF11\uFF12 \u0661\u0662\u0663"))
                .isEqualTo("[KEY-REDACTED] [NUMBER-REDACTED]");
    }

    @Test
    void twoRulesMayNotShareAnId() {
        assertThatThrownBy(() -> new Guard(GuardPolicy.strict(RuleSamples.packs(KEY, KEY))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key");
    }

    @Test
    void aBrokenRuleIsRefusedAtOnceWhateverIsSwitchedOff() {
        Rule secret = RuleSamples.rule("broken", Category.SECRET, Severity.HIGH, "(key");
        Rule personal = RuleSamples.rule("broken", Category.PII, Severity.HIGH, "(key");
        for (Rule broken : List.of(secret, personal)) {
            for (boolean input : new boolean[] {true, false}) {
                GuardPolicy policy =
                        new GuardPolicy(RuleSamples.packs(broken), 100, input, true, true, input, Map.of());
                assertThatThrownBy(() -> new Guard(policy))
                        .isInstanceOf(PatternRefusedException.class)
                        .hasMessageContaining("broken");
            }
        }
    }

    @Test
    void rulesThatInputsHaveTooAreCompiledForOutputsWithTheFirstOfThem() {
        List<List<PatternSpec>> compiled = new ArrayList<>();
        Guard guard = new Guard(GuardPolicy.strict(RuleSamples.packs(ATTACK, KEY)), specs -> {
            compiled.add(specs);
            return PatternSet.compile(specs);
        });
        inspect(guard, "key-12");
        assertThat(compiled).hasSize(1);
        assertThat(redact(guard, "key-12")).isEqualTo("[KEY-REDACTED]");
        guard.redactor("response").append("key-12");
        assertThat(compiled).hasSize(2);
    }

    private static Function<List<PatternSpec>, PatternSet> failing(Throwable failure) {
        return specs -> new FailingPatternSet(failure);
    }
}
