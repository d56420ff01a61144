package io.clawsec.policyfile.personal;

import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Texts on which one rule of the personal data pack fires alone, and near misses on which it is silent: what a change to
 * its pattern is tried against.
 *
 * @param positive the rule fires on each
 * @param negative the rule fires on none
 */
public record PersonalDataSamples(List<String> positive, List<String> negative) {

    private static final long SEED = 20261123L;
    private static final int VALUES = 100;
    /** What is put in the place of one character of a value: of each sort, and the ends of each range. */
    private static final String OTHERS = "059afzAFZ -./(+_";

    /** The samples of a rule, the same at each call. */
    public static PersonalDataSamples of(Rule rule) {
        Guard alone = new Guard(GuardPolicy.strict(List.of(new RulePack("pii", Category.PII, List.of(rule)))));
        Set<String> positive = new LinkedHashSet<>(rule.examples().match());
        Set<String> negative = new LinkedHashSet<>(rule.examples().noMatch());
        Random random = new Random(SEED);
        kinds().filter(kind -> kind.rules().contains(rule.id())).forEach(kind -> {
            for (String form : kind.forms()) {
                for (int i = 0; i < VALUES; i++) {
                    String value = Kind.print(kind.valid().apply(random), form);
                    String text = kind.context().get(0) + " " + value;
                    if (!fires(alone, text)) {
                        continue; // another rule of the same kind finds this form
                    }
                    positive.add(text);
                    if (i == 0) {
                        nearMisses(kind.context().get(0) + " ", value).stream()
                                .filter(miss -> !fires(alone, miss))
                                .forEach(negative::add);
                    }
                }
            }
        });
        List<String> examples = rule.examples().match();
        for (String example : examples) {
            nearMisses("", example).stream().filter(miss -> !fires(alone, miss)).forEach(negative::add);
        }
        return new PersonalDataSamples(List.copyOf(positive), List.copyOf(negative));
    }

    static Stream<Kind> kinds() {
        return Stream.of(GeneralKinds.all(), LooseKinds.all(), EuropeanKinds.all(), WorldKinds.all())
                .flatMap(kinds -> kinds.stream());
    }

    static boolean fires(Guard guard, String text) {
        return !guard.redact(new GuardedText("response", text)).findings().isEmpty();
    }

    /** The text with one character of the value left out, doubled or replaced, and with one glued to either end. */
    private static List<String> nearMisses(String before, String value) {
        List<String> misses = new ArrayList<>();
        for (int at = 0; at < value.length(); at++) {
            String head = before + value.substring(0, at);
            String tail = value.substring(at + 1);
            misses.add(head + tail);
            misses.add(head + value.charAt(at) + value.charAt(at) + tail);
            for (int other = 0; other < OTHERS.length(); other++) {
                misses.add(head + OTHERS.charAt(other) + tail);
            }
        }
        for (String glued : List.of("7", "x", "_", ".5", "-4", "+")) {
            misses.add(before + value + glued);
            misses.add(before + glued + value);
        }
        return misses;
    }
}
