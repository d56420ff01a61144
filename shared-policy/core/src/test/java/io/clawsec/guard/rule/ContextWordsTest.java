package io.clawsec.guard.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextWordsTest {

    private static final ContextWords WORDS = new ContextWords(List.of("ssn", "tax no", "kto"));

    /** The dots are characters with which no word begins, and over which the search goes quickly. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ssn",
                "..ssn",
                "...SSN...",
                "s.ssn",
                "tax tax no",
                ".12-tax tax no.",
                "..\u017Fsn", // a long s is an s in another case
                "..\u212Ato", // and the kelvin sign is a k
                "\u4E2Dssn..ssn"
            })
    void aWordIsPresentWhereverItStandsByItself(String text) {
        assertThat(WORDS.presentIn(text, 0, text.length())).isTrue();
        assertThat(WORDS.allIn(text).cardinality()).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"....", "ss", ".ssnx", "assn", "tax.no", "\u00E4ssn", "'  '"})
    void aPartOfAWordIsNoneNorIsAWordInAWord(String text) {
        assertThat(WORDS.presentIn(text, 0, text.length())).isFalse();
        assertThat(WORDS.allIn(text).isEmpty()).isTrue();
    }

    @Test
    void allWordsAreFoundOnceEach() {
        assertThat(WORDS.allIn("kto: 1, Tax No: 2, kto: 3").stream()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"0, 5, false", "2, 5, true", "3, 6, false", "2, 4, false", "5, 5, false"})
    void aWordIsPresentOnlyWhollyWithinTheStretch(int from, int to, boolean present) {
        String text = from == 0 ? "..ss." : "..ssn.";
        assertThat(WORDS.presentIn(text, from, to)).isEqualTo(present);
    }
}
