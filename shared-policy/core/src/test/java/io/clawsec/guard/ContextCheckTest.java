package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be left unread of a text full of numbers, and what may not. */
class ContextCheckTest {

    private static final Rule TOLD = rule("told", List.of());
    private static final Rule ACCOUNT = rule("account", List.of("bank"));
    private static final Rule PARCEL = rule("parcel", List.of("parcel"));
    private static final String TEXT = "parcel 1234 " + "1234 ".repeat(30);

    private final ContextCheck check = new ContextCheck(new ContextGate(List.of(TOLD, ACCOUNT, PARCEL)));

    private static Rule rule(String id, List<String> context) {
        return RuleSamples.rule(id, Category.PII, Severity.LOW, "\\d+", context);
    }

    private static Rule alike(Rule other) {
        return new Rule(
                other.id() + "-again",
                other.category(),
                other.action(),
                other.severity(),
                other.label(),
                other.description(),
                other.patterns(),
                other.keywords(),
                other.also(),
                List.of("somewhere else"),
                other.unlessBefore(),
                other.validator(),
                other.maxLength(),
                other.references(),
                other.examples());
    }

    @Test
    void aFewNumbersAreLookedAtAndOfManyOnlyThoseWithAWordInTheText() {
        assertThat(check.mayCount(ACCOUNT, TEXT, 4)).isTrue();
        assertThat(check.mayCount(ACCOUNT, TEXT, TEXT.length() / 16)).isFalse();
        assertThat(check.mayCount(PARCEL, TEXT, 4)).isTrue();
        assertThat(check.mayCount(TOLD, TEXT, TEXT.length())).isTrue();
    }

    @Test
    void besideAPlaceholderOfItsKindANumberMayCount() {
        check.placeholder(ACCOUNT.label());
        assertThat(check.mayCount(ACCOUNT, TEXT, TEXT.length())).isTrue();
    }

    @Test
    void besideANumberOfItsKindItMayCountIfThatOneMay() {
        Rule alikeTold = alike(TOLD);
        Rule alikeAccount = alike(ACCOUNT);
        Rule alikeParcel = alike(PARCEL);
        check.taken(PARCEL);
        check.taken(ACCOUNT);
        for (Rule rule : List.of(alikeTold, alikeAccount, alikeParcel)) {
            check.mayCount(rule, TEXT, TEXT.length());
        }
        check.taken(TOLD);
        check.taken(ACCOUNT);
        assertThat(check.mayCount(alikeTold, TEXT, 4)).isTrue();
        assertThat(check.mayCount(alikeParcel, TEXT, 4)).as("taken before").isTrue();
        assertThat(check.mayCount(alikeAccount, TEXT, 4)).as("without a word").isFalse();
    }
}
