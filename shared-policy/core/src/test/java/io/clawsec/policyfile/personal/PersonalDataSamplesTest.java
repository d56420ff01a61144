package io.clawsec.policyfile.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.policyfile.PolicyFiles;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalDataSamplesTest {

    private static final int MIN_POSITIVE = 2;
    private static final int MIN_NEGATIVE = 40;

    static Stream<Rule> rules() {
        return PolicyFiles.packaged().load().packs().stream()
                .filter(pack -> pack.category() == Category.PII)
                .flatMap(pack -> pack.rules().stream());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleHasTextsThatFireItAndNearMissesThatDoNot(Rule rule) {
        PersonalDataSamples samples = PersonalDataSamples.of(rule);
        assertThat(samples.positive()).hasSizeGreaterThanOrEqualTo(MIN_POSITIVE);
        assertThat(samples.negative()).hasSizeGreaterThanOrEqualTo(MIN_NEGATIVE);
    }

    /** The gate may only shut out what cannot match: a keyword that some value has not would hide it. */
    @ParameterizedTest
    @MethodSource("rules")
    void everyTextThatFiresARuleHoldsOneOfItsKeywords(Rule rule) {
        assertThat(PersonalDataSamples.of(rule).positive())
                .allSatisfy(
                        text -> assertThat(holdsAKeyword(rule, text)).as(text).isTrue());
    }

    private static boolean holdsAKeyword(Rule rule, String text) {
        String shape = text.toLowerCase(Locale.ROOT);
        return rule.keywords().isEmpty()
                || rule.keywords().stream()
                        .anyMatch(keyword -> Pattern.compile(
                                        Pattern.quote(keyword).replace("#", "\\E[0-9]\\Q"))
                                .matcher(shape)
                                .find());
    }
}
