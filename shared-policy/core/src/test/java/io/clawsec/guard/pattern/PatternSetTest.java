package io.clawsec.guard.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSetTest {

    private static PatternSpec spec(String regex, String... keywords) {
        return new PatternSpec("sample", regex, List.of(keywords), List.of(), 256);
    }

    private static List<String> scan(String text, PatternSpec... specs) {
        List<String> found = new ArrayList<>();
        PatternSet.compile(List.of(specs))
                .scan(text, (pattern, start, end) -> found.add(pattern + ":" + text.substring(start, end)));
        return found;
    }

    @Test
    void everyMatchOfEveryPatternIsReportedUnderItsNumber() {
        assertThat(scan("a1 b2 a3", spec("a\\d"), spec("b\\d"))).containsExactlyInAnyOrder("0:a1", "0:a3", "1:b2");
    }

    @Test
    void theValueGroupIsTheSpanAndAMatchWithoutItIsPassedOver() {
        assertThat(scan("pw=x1", spec("pw=(?P<value>\\w+)"))).containsExactly("0:x1");
        assertThat(scan("not pw, pw", spec("not pw|(?P<value>pw)"))).containsExactly("0:pw");
    }

    @Test
    void whatCouldNotCountIsLookedForOnceAllElseIsFound() {
        List<String> asked = new ArrayList<>();
        PatternSet.compile(List.of(spec("a+"), spec("b+"), spec("c+"))).scan("bb a cc a b", new PatternSet.Sink() {
            @Override
            public boolean mayCount(int pattern, int characters) {
                asked.add(pattern + "?");
                return pattern == 2 || (pattern == 0 && asked.contains("2 5 7"));
            }

            @Override
            public boolean found(int pattern, int start, int end) {
                return asked.add(pattern + " " + start + " " + end);
            }
        });
        assertThat(asked).containsOnly("0?", "1?", "2?", "2 5 7", "0 8 9", "0 3 4");
        assertThat(asked.indexOf("0 3 4")).isGreaterThan(asked.indexOf("2 5 7"));
    }

    @Test
    void afterAMatchThatIsTurnedDownTheSearchGoesOnInsideIt() {
        List<String> seen = new ArrayList<>();
        String text = "11 22 33 44";
        PatternSet.compile(List.of(spec("\\d\\d \\d\\d"))).scan(text, (pattern, start, end) -> {
            seen.add(text.substring(start, end));
            return text.startsWith("22", start);
        });
        assertThat(seen).containsExactly("11 22", "22 33");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?>a)", "a++", "(", "a*", "[a", "\\b|a"})
    void whatIsNotLinearOrNotAPatternIsRefusedWithTheRuleAndAReason(String regex) {
        assertThatThrownBy(() -> PatternSet.check(spec(regex)))
                .isInstanceOf(PatternRefusedException.class)
                .hasMessageStartingWith("rule sample: ");
    }

    /** RE2/J's parser never comes back from these. */
    @ParameterizedTest
    @ValueSource(strings = {"(?i)\\x{1C80}", "(?i)[a-\\x{FFFF}]", "a(?i:\\Q\u1C88\\E)"})
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatRe2CannotFoldIsRefused(String regex) {
        assertThatThrownBy(() -> PatternSet.check(spec(regex)))
                .isInstanceOf(PatternRefusedException.class)
                .hasMessageContaining("in any case");
        assertThatCode(() -> PatternSet.check(spec(regex.replace("(?i", "(?s"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?i)[\\x00-\\x{10FFFF}]", "(?i)[^a]", "(?i)\\p{L}b", "(?i)\\W", "(?i)[^\\x00-\\x7F]"})
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatItCanFoldIsAccepted(String regex) {
        assertThatCode(() -> PatternSet.check(spec(regex))).doesNotThrowAnyException();
    }

    @Test
    void aLinearPatternIsAccepted() {
        assertThatCode(() -> PatternSet.check(spec("(?i)(a|b)*c\\b"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "password, my PassWord is, true",
        "sk-, aSK-b, true",
        "password, pass word, false",
        "###, 1 23, false",
        "###, 1234, true",
        "k, \u212A, true",
        "s, \u017F, true",
        "abab, abaabab, true",
        "bc, abd abc, true"
    })
    void aGateOpensForItsKeywordInAnyCaseAndForAnyDigit(String keyword, String text, boolean opens) {
        assertThat(new KeywordGate(List.of(spec("x", keyword))).open(text).get(0))
                .isEqualTo(opens);
    }

    @Test
    void bothListsOfKeywordsMustBeMet() {
        KeywordGate gate =
                new KeywordGate(List.of(new PatternSpec("both", "x", List.of("a", "b"), List.of("c", "d"), 256)));
        assertThat(gate.open("a and b").get(0)).isTrue();
        assertThat(gate.open("a b").get(0)).isFalse();
        assertThat(gate.open("c").get(0)).isFalse();
        assertThat(gate.open("db").get(0)).isTrue();
    }

    @Test
    void aPatternWithoutKeywordsRunsOnEveryText() {
        assertThat(scan("zz", spec("z"))).hasSize(2);
    }

    /** The automaton against the plain search it replaces. */
    @Test
    void theGateAgreesWithIndexOfOnRandomTexts() {
        long seed = 20261122L;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<String> keywords = new ArrayList<>();
            List<PatternSpec> specs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                keywords.add(letters(random, 1 + random.nextInt(5)));
                specs.add(spec("x", keywords.get(i)));
            }
            String text = letters(random, 40);
            BitSet open = new KeywordGate(specs).open(text);
            for (int i = 0; i < keywords.size(); i++) {
                assertThat(open.get(i)).as("%s in %s", keywords.get(i), text).isEqualTo(text.contains(keywords.get(i)));
            }
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }
}
