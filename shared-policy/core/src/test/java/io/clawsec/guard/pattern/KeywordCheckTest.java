package io.clawsec.guard.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordCheckTest {

    private static PatternSpec spec(String regex, String keywords, String also) {
        return new PatternSpec("sample", regex, list(keywords), list(also), 256);
    }

    private static List<String> list(String words) {
        return words.isEmpty() ? List.of() : Arrays.asList(words.split(",", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sk-[a-z]{5,};sk-;''",
                "(?i)pass(?:word|phrase);password,PASSPHRASE;''",
                "(?i)pass(?:word|phrase);pass;word,phrase",
                "\\d{3}-\\d{2};###-;''",
                "\\d{3}-\\d{2};1#9-#;''",
                "a+b;ab;''",
                "(?i)task;task;''",
                "(?:^|[^a-z])key\\b;key;''",
                "x[\\s\\S]{0,300}secret;secret;''",
                "foo|bar;'';''",
                "how to skip|(?P<value>skip it);skip it;''",
                "\u00E9t\u00E9;t;''",
            })
    void ofAGoodRuleEveryMatchHoldsAKeyword(String regex, String keywords, String also) {
        assertThat(KeywordCheck.matchWithoutKeyword(spec(regex, keywords, also)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "foo|ba+r;foo;'';bar",
                "(?i)pass(?:word|phrase);password;'';passphrase",
                "(?i)pass(?:word|phrase);pass;word;passphrase",
                "pass\\s*word;password;'';pass word",
                "sk-?[a-z]{2};sk-;'';skxy",
                "\\d{3}-?\\d{2};###-;'';00000",
                "how to skip|(?P<value>skip it);how;'';skip it",
                "(?:(?P<value>k)|a)b;a;'';kb",
                "\\Bab;xy;'';xab",
                "ab\\B;xy;'';abx",
                "(?m)a$;xy;'';a",
                "(?m)(?:^b)|\\n^a;b;'';%na",
                "(?:a|bb)c;a;'';bbc",
                "[ak]\u00E9;a;'';k\u00E9",
                "\uD83D\uDE00x?;x;'';\uD83D\uDE00",
            })
    void ofABadOneTheShortestMatchWithoutIsTold(String regex, String keywords, String also, String text) {
        Optional<String> found = KeywordCheck.matchWithoutKeyword(spec(regex, keywords, also));
        assertThat(found).isPresent();
        assertThat(found.get()).hasSameSizeAs(text.replace("%n", "\n"));
        isMatchedWithoutKeyword(spec(regex, keywords, also), found.get());
        isMatchedWithoutKeyword(spec(regex, keywords, also), text.replace("%n", "\n"));
    }

    private static void isMatchedWithoutKeyword(PatternSpec spec, String text) {
        assertThat(new Re2Oracle(List.of(spec.regex())).find(text))
                .as("%s on <%s>", spec.regex(), text)
                .isNotEmpty();
        assertThat(new KeywordGate(List.of(spec)).open(text).get(0)).isFalse();
    }

    @Test
    void whatTakesTooLongToTellIsRefused() {
        String counted = "(?:[a-y]{1,900}q?){1,2}z";
        PatternSpec spec = spec(counted, "z," + "abcdefghijklmnopqrstuvwxy".repeat(40), "");
        assertThatThrownBy(() -> KeywordCheck.matchWithoutKeyword(spec))
                .isInstanceOf(PatternRefusedException.class)
                .hasMessageContaining("too long");
    }

    /** What is told is so, and where nothing is told no random text shows the contrary. */
    @Test
    void itIsRightAboutRandomPatterns() {
        long seed = Long.getLong("clawsec.keywords.seed", 20261122L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        RandomRegex regexes = new RandomRegex(random);
        int bad = 0;
        int good = 0;
        for (int round = 0; round < 600; round++) {
            PatternSpec spec = new PatternSpec(
                    "sample", regexes.pattern(), keywords(random), List.of(), PatternSpec.MIN_MAX_LENGTH);
            Optional<String> told = KeywordCheck.matchWithoutKeyword(spec);
            if (told.isPresent()) {
                bad++;
                int[] found = {0};
                PatternSet.compile(List.of(spec)).scan(told.get(), (pattern, start, end) -> ++found[0] > 0);
                // A text that is longer than the pattern's bound is let through whatever it holds: here there is no
                // bound.
                PatternSpec unbounded =
                        new PatternSpec("sample", spec.regex(), spec.keywords(), List.of(), Integer.MAX_VALUE);
                assertThat(new KeywordGate(List.of(unbounded)).open(told.get()).get(0))
                        .as("seed %d, round %d, %s on <%s>", seed, round, spec.regex(), told.get())
                        .isFalse();
                assertThat(com.google.re2j.Pattern.compile(spec.regex())
                                .matcher(told.get())
                                .find())
                        .as("seed %d, round %d, %s on <%s>", seed, round, spec.regex(), told.get())
                        .isTrue();
                continue;
            }
            good++;
            Re2Oracle oracle = new Re2Oracle(List.of(spec.regex()));
            for (int i = 0; i < 200; i++) {
                String text = regexes.text();
                assertThat(oracle.find(text).isEmpty()
                                || new KeywordGate(List.of(spec)).open(text).get(0))
                        .as("seed %d, round %d, %s with %s on <%s>", seed, round, spec.regex(), spec.keywords(), text)
                        .isTrue();
            }
        }
        assertThat(bad).isGreaterThan(50);
        assertThat(good).isGreaterThan(50);
    }

    private static List<String> keywords(Random random) {
        List<String> keywords = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            StringBuilder keyword = new StringBuilder();
            for (int length = random.nextInt(2); length >= 0; length--) {
                keyword.append("abck1# s-".charAt(random.nextInt(9)));
            }
            keywords.add(keyword.toString());
        }
        return keywords;
    }
}
