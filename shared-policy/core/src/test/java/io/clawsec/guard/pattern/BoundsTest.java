package io.clawsec.guard.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at the bounds: of one match, of the states, of the work. */
class BoundsTest {

    private static final int LENGTH = 40_000;

    private static PatternSpec spec(String regex, int maxLength) {
        return new PatternSpec("sample", regex, List.of(), List.of(), maxLength);
    }

    private static List<String> scan(List<PatternSpec> specs, String text) {
        List<String> found = new ArrayList<>();
        PatternSet.compile(specs).scan(text, new PatternSet.Sink() {
            @Override
            public boolean found(int pattern, int start, int end) {
                return found.add(pattern + ":" + start + "-" + end);
            }

            @Override
            public void extended(int pattern, int start, int end) {
                found.add("to " + end);
            }
        });
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // decided before the bound
                "x[a-z]{5,};x%a;100;0:0-101",
                // it has matched when the bound comes: the rest goes with it, and is not judged
                "x[a-z]{5,};x%a;300;0:0-128 to 301",
                // it may still match: taken, up to where it cannot any more
                "x[a-z]+1;x%a;300;0:0-128 to 301",
                "x[a-z]+1;x%a;127;0:0-128 to 128",
                "x[a-z]+1;x%a;126;''",
                // only the value goes on
                "x=(?P<value>[a-z]{5,});x=%a;300;0:2-128 to 302",
                "x[a-z]+(?P<value>1);x%a;300;0:0-128 to 301",
            })
    void aMatchIsDecidedWithinItsBound(String regex, String text, int length, String expected) {
        String whole = text.replace("%a", "a".repeat(length));
        assertThat(String.join(" ", scan(List.of(spec(regex, 128)), whole))).isEqualTo(expected);
    }

    /** The pass looks for long matches every so many characters, and one of the least bound may just fit in between. */
    @Test
    void whatComesToTheLeastBoundUndecidedCountsWhereverItBegins() {
        PatternSet patterns = PatternSet.compile(
                List.of(new PatternSpec("sample", "ab[b]*c", List.of(), List.of(), PatternSpec.MIN_MAX_LENGTH)));
        for (int start = 0; start < 3 * PatternSpec.MIN_MAX_LENGTH; start++) {
            String text = "x".repeat(start) + "a" + "b".repeat(PatternSpec.MIN_MAX_LENGTH - 1) + "x".repeat(100);
            List<Integer> starts = new ArrayList<>();
            patterns.scan(text, (pattern, from, to) -> starts.add(from));
            assertThat(starts).as("at %d", start).containsExactly(start);
        }
    }

    @Test
    void whatIsTurnedDownAtItsBoundIsSearchedOnFromThere() {
        List<String> asked = new ArrayList<>();
        PatternSet.compile(List.of(spec("x[a-z]+1", 128)))
                .scan("x" + "a".repeat(200) + "xa1", (pattern, start, end) -> {
                    asked.add(start + "-" + end);
                    return start > 0;
                });
        assertThat(asked).containsExactly("0-128", "201-204");
    }

    @Test
    void afterAMatchThatWasCutAtItsBoundTheSearchGoesOnBehindIt() {
        String text = "x" + "a".repeat(300) + " x" + "a".repeat(10) + "1";
        assertThat(scan(List.of(spec("x[a-z]+1", 128)), text)).containsExactly("0:0-128", "to 301", "0:302-314");
    }

    /** Patterns whose counts, taken one by one, would make a state of nearly every place. */
    private static final List<String> BREEDING = List.of(
            "[a-f]{3}.{14}[0-9]{2}", "[0-9]a.{15}b", "(?:a.b|c.d).{12}e", "[a-c].{16}", "e.{11}[a-b]f", "1.{13}2.{9}3");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTextThatBreedsStatesIsStillReadToTheLastMatch(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < LENGTH) {
            text.append("abcdef0123 ".charAt(random.nextInt(11)));
        }
        List<PatternSpec> specs =
                BREEDING.stream().map(regex -> spec(regex, Integer.MAX_VALUE)).toList();
        List<String> found = new ArrayList<>();
        PatternSet patterns = PatternSet.compile(specs);
        for (int round = 0; round < 2; round++) {
            found.clear();
            patterns.scan(text.toString(), (pattern, start, end) -> found.add(pattern + ":" + start + "-" + end));
            assertThat(found)
                    .as("seed %d, round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(new Re2Oracle(BREEDING).find(text.toString()));
        }
        List<String> streamed = new ArrayList<>();
        PatternStream stream =
                patterns.stream((pattern, start, end) -> streamed.add(pattern + ":" + start + "-" + end));
        for (int at = 0; at < text.length(); at += 1_000) {
            stream.append(text.substring(at, Math.min(text.length(), at + 1_000)));
        }
        stream.finish();
        assertThat(streamed).containsExactlyInAnyOrderElementsOf(found);
    }

    /** In such a text patterns are looked for one by one, those first whose keywords it holds. */
    @Test
    void whatComesToItsBoundUndecidedCountsInATextThatBreedsStatesTooThoughNoKeywordCame() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        while (text.length() < 3 * LENGTH) {
            text.append("abcdef0123 ".charAt(random.nextInt(11)));
        }
        int place = text.append(" ").length();
        text.append("x").append("a".repeat(300)).append(" ");
        List<PatternSpec> specs = new ArrayList<>();
        BREEDING.forEach(regex -> specs.add(spec(regex, Integer.MAX_VALUE)));
        specs.add(new PatternSpec("sample", "x[a-f]+q", List.of("q"), List.of("q"), 128));
        assertThat(scan(specs, text.toString()))
                .contains(BREEDING.size() + ":" + place + "-" + (place + 128), "to " + (place + 301));
    }

    @Test
    void workPastTheBoundIsAnExceptionAndNoAnswer() {
        WorkBound work = new WorkBound();
        work.allow(10);
        work.take(4_010_000);
        assertThatThrownBy(() -> work.take(1)).isInstanceOf(WorkBoundException.class);
    }

    @Test
    void severalThreadsShareOneAutomaton() throws InterruptedException {
        PatternSet patterns = PatternSet.compile(List.of(spec("[a-f]{3}\\d+[x-z]", 128), spec("(?i)k.{3}\\d", 128)));
        List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            long seed = worker;
            threads.add(new Thread(() -> {
                Random random = new Random(seed);
                for (int round = 0; round < 200; round++) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < 200; i++) {
                        text.append("abcdefkK0123xyz \u212A".charAt(random.nextInt(17)));
                    }
                    List<String> found = new ArrayList<>();
                    patterns.scan(
                            text.toString(), (pattern, start, end) -> found.add(pattern + ":" + start + "-" + end));
                    List<String> expected =
                            new Re2Oracle(List.of("[a-f]{3}\\d+[x-z]", "(?i)k.{3}\\d")).find(text.toString());
                    java.util.Collections.sort(found);
                    java.util.Collections.sort(expected);
                    if (!found.equals(expected)) {
                        wrong.add(found + " is not " + expected);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }
}
