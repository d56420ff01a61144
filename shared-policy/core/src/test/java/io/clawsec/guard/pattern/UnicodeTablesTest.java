package io.clawsec.guard.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the tables skip without looking, against this Java's Unicode. */
class UnicodeTablesTest {

    @Test
    void nothingThatIsSkippedHasACase() {
        for (int i = 0; i < CaseFolding.CASELESS.length; i += 2) {
            for (int point = CaseFolding.CASELESS[i]; point <= CaseFolding.CASELESS[i + 1]; point++) {
                assertThat(Character.toLowerCase(point)).as("U+%X", point).isEqualTo(point);
                assertThat(Character.toUpperCase(point)).as("U+%X", point).isEqualTo(point);
                assertThat(Character.toTitleCase(point)).as("U+%X", point).isEqualTo(point);
            }
        }
    }

    @Test
    void allOfAUniformRangeAreOfOneCategoryAndScript() {
        for (int i = 0; i < UnicodeProperty.UNIFORM.length; i += 2) {
            int first = UnicodeProperty.UNIFORM[i];
            for (int point = first; point <= UnicodeProperty.UNIFORM[i + 1]; point++) {
                assertThat(Character.getType(point)).as("U+%X", point).isEqualTo(Character.getType(first));
                assertThat(Character.UnicodeScript.of(point))
                        .as("U+%X", point)
                        .isEqualTo(Character.UnicodeScript.of(first));
            }
        }
    }

    @Test
    void aPropertyHasTheCodePointsThatJavaSaysItHas() {
        CodePoints letters = UnicodeProperty.named("L").orElseThrow();
        CodePoints other = UnicodeProperty.named("Co").orElseThrow();
        CodePoints greek = UnicodeProperty.named("Greek").orElseThrow();
        for (int point = 0; point <= CodePoints.LAST; point++) {
            int type = Character.getType(point);
            assertThat(letters.contains(point)).as("U+%X", point).isEqualTo(Character.isLetter(point));
            assertThat(other.contains(point)).as("U+%X", point).isEqualTo(type == Character.PRIVATE_USE);
            assertThat(UnicodeProperty.unassigned().contains(point))
                    .as("U+%X", point)
                    .isEqualTo(type == Character.UNASSIGNED);
            assertThat(greek.contains(point))
                    .as("U+%X", point)
                    .isEqualTo(Character.UnicodeScript.of(point) == Character.UnicodeScript.GREEK);
        }
        assertThat(UnicodeProperty.named("Cn")).isEmpty();
    }
}
