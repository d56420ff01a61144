package io.clawsec.guard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    /** A set's order differs from process to process, and what one lets pass the other would block. */
    @Test
    void ofTwoWordsThatAreSpelledAlikeTheFirstOfTheAlphabetIsRead() {
        String first = "baits fails hails mails pails rails tails waits";
        String second = "balts falls halls malls palls ralls talls walts";
        Vocabulary words = Vocabulary.of(List.of(second.replace(" ", "\\s"), first.replace(" ", "\\s")));
        assertThat(first.split(" "))
                .allSatisfy(word ->
                        assertThat(words.spelled(LeetLetters.spelling(word))).isEqualTo(word));
    }
}
