package io.clawsec.policyfile.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.Finding;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.guard.GuardedText;
import io.clawsec.guard.Verdict;
import io.clawsec.policyfile.PolicyFiles;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people type about themselves leaves no output, and what only looks like it stays. */
class PersonalDataTest {

    private static final long SEED = 20261122L;
    private static final int ROUNDS = 6;
    private static final double MIN_RECALL = 0.98;
    private static final double MAX_WRONG_REDACTED = 0.01;
    private static final Guard GUARD =
            new Guard(GuardPolicy.strict(PolicyFiles.packaged().load().packs()));

    /**
     * Where a number with a wrong check has the very form of something else, that other rule may find it: a telephone has
     * no check, sixteen digits of an account are a card in one of ten, and two Nordic forms are alike but for the check.
     */
    private static final Map<String, Set<String>> FORMS_OF_OTHERS = Map.of(
            "nhs-number", Set.of("phone-us", "phone-national"),
            "iban", Set.of("payment-card"),
            "is-kennitala", Set.of("fi-hetu", "se-personnummer"),
            "se-personnummer", Set.of("fi-hetu"),
            "gr-amka", Set.of("no-birth-number"));

    static Stream<Kind> kinds() {
        return PersonalDataSamples.kinds();
    }

    static Stream<Kind> kindsWithAWrongForm() {
        return kinds().filter(kind -> kind.hasCheck(kind.valid().apply(new Random(SEED))));
    }

    private static Verdict.Pass redact(String text) {
        return GUARD.redact(new GuardedText("response", text));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aValidOneIsRedactedWhereverItStands(Kind kind) {
        Random random = new Random(SEED);
        int texts = 0;
        int found = 0;
        StringBuilder missed = new StringBuilder();
        for (int round = 0; round < ROUNDS; round++) {
            for (String form : kind.forms()) {
                for (String template : Surroundings.ALL) {
                    String printed = Kind.print(kind.valid().apply(random), form);
                    String called =
                            kind.context().get(random.nextInt(kind.context().size()));
                    String value = round == 0 ? Surroundings.fullWidth(printed) : printed;
                    String text = Surroundings.of(template, called, value);
                    boolean gone = !redact(text).texts().get(0).text().contains(value);
                    texts++;
                    found += gone ? 1 : 0;
                    missed.append(gone ? "" : text + "\n");
                }
            }
        }
        System.out.printf(
                Locale.ROOT, "recall %s %s %d of %d%n", kind, kind.forms().get(0), found, texts);
        assertThat((double) found / texts)
                .as("seed %d, missed:%n%s", SEED, missed)
                .isGreaterThanOrEqualTo(MIN_RECALL);
    }

    /** With its own words beside it, which are the worst case: they are all that its own rule asks for. */
    @ParameterizedTest
    @MethodSource("kindsWithAWrongForm")
    void oneWithAWrongCheckIsLeftAlone(Kind kind) {
        Random random = new Random(SEED);
        int texts = 0;
        Map<String, Integer> redactedBy = new TreeMap<>();
        StringBuilder redacted = new StringBuilder();
        for (int round = 0; round < 4 * ROUNDS; round++) {
            for (String form : kind.forms()) {
                for (String template : Surroundings.ALL) {
                    String value = Kind.print(kind.wrong().apply(kind.valid().apply(random)), form);
                    String text = Surroundings.of(template, kind.context().get(0), value);
                    texts++;
                    for (Finding finding : redact(text).findings()) {
                        redactedBy.merge(finding.rule(), 1, Integer::sum);
                        redacted.append(finding.rule())
                                .append(": ")
                                .append(text)
                                .append('\n');
                    }
                }
            }
        }
        Set<String> others = FORMS_OF_OTHERS.getOrDefault(kind.name(), Set.of());
        int count = redactedBy.entrySet().stream()
                .filter(entry -> !others.contains(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        System.out.printf(
                Locale.ROOT, "wrong %s %s %d of %d by %s%n", kind, kind.forms().get(0), count, texts, redactedBy);
        assertThat((double) count / texts)
                .as("seed %d, redacted:%n%s", SEED, redacted)
                .isLessThanOrEqualTo(MAX_WRONG_REDACTED);
    }
}
