package io.clawsec.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.pattern.KeywordCheck;
import io.clawsec.guard.pattern.PatternSpec;
import io.clawsec.guard.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pattern does not run on a text without its rule's keywords, so one that can match there would be blind. */
class PackagedKeywordsTest {

    static Stream<Rule> rules() {
        return PolicyFiles.packaged().load().packs().stream()
                .flatMap(pack -> pack.rules().stream())
                .filter(rule -> !rule.keywords().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyMatchHoldsAKeyword(Rule rule) {
        List<String> without = new ArrayList<>();
        for (String regex : rule.patterns()) {
            KeywordCheck.matchWithoutKeyword(
                            new PatternSpec(rule.id(), regex, rule.keywords(), rule.also(), rule.maxLength()))
                    .ifPresent(text -> without.add(regex + " matches <" + text + ">"));
        }
        assertThat(without).as("%s", rule.id()).isEmpty();
    }
}
