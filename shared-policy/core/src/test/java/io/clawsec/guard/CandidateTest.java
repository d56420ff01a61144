package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Action;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of several findings names a span that they share, and how far the span reaches. */
class CandidateTest {

    private static final int TEXT = 40;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # severity, start and end of two findings | who names what
            LOW 0 4,      MEDIUM 2 5    | second 0 5
            CRITICAL 0 1, HIGH 0 9      | first 0 9
            LOW 0 3,      LOW 1 5       | second 0 5
            HIGH 0 5,     HIGH 4 9      | first 0 9
            HIGH 2 6,     HIGH 0 4      | second 0 6
            LOW 0 9,      CRITICAL 3 4  | second 0 9
            LOW 0 3,      CRITICAL 3 6  | first 0 3, second 3 6
            """)
    void theWorstNamesTheSpanThenTheLongestThenTheFirst(String found, String expected) {
        List<Candidate> candidates = new ArrayList<>();
        for (String one : found.split(", *", -1)) {
            String[] parts = one.strip().split(" ", -1);
            candidates.add(new Candidate(
                    rule(candidates.isEmpty() ? "first" : "second", Severity.valueOf(parts[0])),
                    Action.REDACT,
                    Integer.parseInt(parts[1]),
                    Integer.parseInt(parts[2])));
        }
        assertThat(Candidate.merge(candidates))
                .extracting(one -> one.rule().id() + " " + one.start() + " " + one.end())
                .containsExactly(expected.strip().split(", "));
    }

    @Test
    void whatBlocksIsNeverHiddenByWhatIsOnlyRedacted() {
        Candidate blocking = new Candidate(rule("blocks", Severity.LOW), Action.BLOCK, 3, 4);
        Candidate worse = new Candidate(rule("redacts", Severity.CRITICAL), Action.REDACT, 0, 9);
        assertThat(Candidate.merge(List.of(worse, blocking)))
                .singleElement()
                .satisfies(one -> assertThat(one.action()).isEqualTo(Action.BLOCK));
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void mergedSpansAreDisjointCoverWhatWasFoundAndAreNamedByPrecedenceInWhateverOrderItCame(int seed) {
        Random random = new Random(seed);
        List<Candidate> found = candidates(random);
        List<Candidate> merged = Candidate.merge(found);
        List<Candidate> shuffled = new ArrayList<>(found);
        Collections.shuffle(shuffled, random);
        assertThat(Candidate.merge(shuffled)).as("seed " + seed).isEqualTo(merged);

        List<Candidate> enforced = found.stream().filter(Candidate::enforced).toList();
        List<Candidate> spans = merged.stream().filter(Candidate::enforced).toList();
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).start())
                    .isGreaterThanOrEqualTo(spans.get(i - 1).end());
        }
        for (Candidate span : spans) {
            List<Candidate> members = enforced.stream().filter(span::covers).toList();
            Candidate first = members.stream().min(PRECEDENCE).orElseThrow();
            assertThat(span.rule()).as("seed " + seed).isEqualTo(first.rule());
            assertThat(span.action()).isEqualTo(first.action());
            assertThat(span.start())
                    .isEqualTo(members.stream().mapToInt(Candidate::start).min().orElseThrow());
            assertThat(span.end())
                    .isEqualTo(members.stream().mapToInt(Candidate::end).max().orElseThrow());
        }
        assertThat(enforced)
                .allSatisfy(one ->
                        assertThat(spans).filteredOn(span -> span.covers(one)).hasSize(1));
        assertThat(Candidate.merge(enforced))
                .as("what is only monitored changes nothing")
                .isEqualTo(spans);
    }

    /** Written down again, so that the subject does not judge itself. */
    private static final Comparator<Candidate> PRECEDENCE = Comparator.<Candidate>comparingInt(
                    one -> one.action() == Action.BLOCK ? 0 : 1)
            .thenComparingInt(one -> -one.rule().severity().ordinal())
            .thenComparingInt(one -> -(one.end() - one.start()))
            .thenComparingInt(Candidate::start)
            .thenComparingInt(Candidate::end)
            .thenComparing(one -> one.rule().id());

    private static List<Candidate> candidates(Random random) {
        List<Candidate> candidates = new ArrayList<>();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            int start = random.nextInt(TEXT);
            candidates.add(new Candidate(
                    rule("r" + i, Severity.values()[random.nextInt(Severity.values().length)]),
                    Action.values()[random.nextInt(Action.values().length)],
                    start,
                    start + 1 + random.nextInt(8)));
        }
        return candidates;
    }

    private static Rule rule(String id, Severity severity) {
        return RuleSamples.rule(id, Category.SECRET, severity, "x");
    }
}
