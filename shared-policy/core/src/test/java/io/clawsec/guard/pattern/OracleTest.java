package io.clawsec.guard.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The matcher against RE2/J. {@code -Dclawsec.oracle.pairs=10000000 -Dclawsec.oracle.seed=1} makes a longer run with
 * other patterns.
 */
class OracleTest {

    private static final int PATTERNS_AT_ONCE = 5;
    private static final int TEXTS = Integer.getInteger("clawsec.oracle.texts", 4);
    private static final int PAIRS = Integer.getInteger("clawsec.oracle.pairs", 20_000);
    private static final long SEED = Long.getLong("clawsec.oracle.seed", 20261122L);
    /** A run that differs goes on, so that a long one shows all that it can find, up to here. */
    private static final int MAX_DIFFERENCES = 20;

    private static PatternSet compile(List<String> regexes) {
        return PatternSet.compile(regexes.stream()
                .map(regex -> new PatternSpec("sample", regex, List.of(), List.of(), Integer.MAX_VALUE))
                .toList());
    }

    private static List<String> scan(PatternSet patterns, String text) {
        List<String> found = new ArrayList<>();
        patterns.scan(text, new Recorder(found));
        return found;
    }

    /** Writes the matches down. */
    private record Recorder(List<String> found) implements PatternSet.Sink {

        @Override
        public boolean found(int pattern, int start, int end) {
            return start == end || found.add(pattern + ":" + start + "-" + end);
        }

        @Override
        public void extended(int pattern, int start, int end) {
            found.add(pattern + ":" + start + "-" + end + " at last");
        }
    }

    @Test
    void itFindsWhatRe2FindsInRandomTexts() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        RandomRegex regexes = new RandomRegex(random);
        long hits = 0;
        List<String> differences = new ArrayList<>();
        for (int pair = 0; pair < PAIRS && differences.size() < MAX_DIFFERENCES; pair += PATTERNS_AT_ONCE * TEXTS) {
            List<String> patterns = new ArrayList<>();
            while (patterns.size() < PATTERNS_AT_ONCE) {
                patterns.add(regexes.pattern());
            }
            PatternSet compiled = compile(patterns);
            Re2Oracle oracle = new Re2Oracle(patterns);
            for (int i = 0; i < TEXTS; i++) {
                String text = regexes.text();
                List<String> expected = oracle.find(text);
                hits += expected.size();
                List<String> found = scan(compiled, text);
                expected.sort(null);
                found.sort(null);
                if (!found.equals(expected)) {
                    differences.add("seed " + SEED + ", pair " + pair + ", " + patterns + " on <" + text + ">: found "
                            + found + ", not " + expected);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(hits).as("matches that both found").isGreaterThan(PAIRS / 10);
        System.out.println(PAIRS + " pairs, " + hits + " matches");
    }

    /** Bait that begins matches again and again, and what is read of it only where a match is alive. */
    @Test
    void itFindsInLongTextsWhatReadingThemWholeFinds() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        RandomRegex regexes = new RandomRegex(random);
        int hits = 0;
        for (int round = 0; round < PAIRS / 40; round++) {
            List<PatternSpec> specs = new ArrayList<>();
            while (specs.size() < PATTERNS_AT_ONCE) {
                specs.add(
                        new PatternSpec("sample", regexes.pattern(), List.of(), List.of(), PatternSpec.MIN_MAX_LENGTH));
            }
            AutomatonPatternSet compiled = new AutomatonPatternSet(specs);
            for (int i = 0; i < 2; i++) {
                String text = regexes.longText();
                List<String> expected = readWhole(compiled, specs.size(), text);
                hits += expected.size();
                assertThat(scan(compiled, text))
                        .as("seed %d, round %d, %s on <%s>", SEED, round, specs, text)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
        assertThat(hits).as("matches that both found").isGreaterThan(PAIRS / 10);
    }

    /** The half counts as a character only when the next one shows that it is no pair; that one ends the match. */
    @Test
    void itFindsAMatchThatComesToItsBoundInHalfAPair() {
        AutomatonPatternSet compiled = new AutomatonPatternSet(
                List.of(new PatternSpec("sample", "[^a]+\\.", List.of(), List.of(), PatternSpec.MIN_MAX_LENGTH)));
        String text = "b".repeat(PatternSpec.MIN_MAX_LENGTH - 1) + "\uD83Da";
        assertThat(scan(compiled, text))
                .contains("0:0-" + PatternSpec.MIN_MAX_LENGTH)
                .containsExactlyInAnyOrderElementsOf(readWhole(compiled, 1, text));
    }

    private static List<String> readWhole(AutomatonPatternSet compiled, int patterns, String text) {
        List<String> found = new ArrayList<>();
        for (int each = 0; each < patterns; each++) {
            WorkBound work = new WorkBound();
            work.allow(text.length());
            SpanSearch search = compiled.newSearch(each, new Recorder(found), work);
            search.begin(text, 0, 0);
            search.finish(text, 0, text.length(), true, text.length());
        }
        return found;
    }

    /** What differed once. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\d{0,2}?[ab];aa1aK",
                "a{02,3};aaaa a{02,3}",
                "a\\Qb-\\E{0,3};ab--",
                "a\\Q\\E{0,}a;a aa b",
                "(?:\\b\\b)+a|\\Wb;a b",
                "a(?i){2}B;aab aAb aaB ab",
                "ab(?i)+c(?-i)?;abbC abbb ab"
            })
    void itFindsWhatRe2Finds(String regex, String text) {
        assertThat(scan(compile(List.of(regex)), text))
                .containsExactlyInAnyOrderElementsOf(new Re2Oracle(List.of(regex)).find(text));
    }
}
