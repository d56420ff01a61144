package io.clawsec.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import io.clawsec.policyfile.PolicyFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Credentials made from the formats' descriptions are found, each kind by its own rule, and what is none is not. */
class SecretSamplesTest {

    private static final long SEED = Long.getLong("clawsec.samples.seed", 20261122L);
    private static final int VALUES = 50;
    private static final double LEAST_FOUND = 0.99;
    private static final int NO_SECRETS = 10_000;
    private static final int MOST_FLAGGED = 5;

    private static final List<RulePack> PACKS = PolicyFiles.packaged().load().packs();
    private static final Guard GUARD = new Guard(GuardPolicy.strict(PACKS));

    /** How a value comes in a text, with its vendor's variable before it where it needs one. */
    private static final List<String> BARE = List.of(
            "%s",
            "Please use %s for this.",
            "{\"user\": \"bob\", \"token\": \"%s\"}",
            "https://api.example.test/v1/items?limit=5&t=%s&page=2",
            "    client = Client(\"%s\", timeout=5)\n",
            "HOST=example.test\nVALUE=%s\n",
            "export VALUE='%s'\n",
            "config:\n  value: %s\n  size: 3\n");

    private static final List<String> NAMED = List.of(
            "%2$s_KEY=%1$s",
            "Our %3$s api key is %1$s today.",
            "{\"user\": \"bob\", \"%3$s_api_key\": \"%1$s\"}",
            "https://api.example.test/v1/items?%3$s_token=%1$s&page=2",
            "    client.%3$sKey(\"%1$s\");\n",
            "HOST=example.test\n%2$s_API_KEY=%1$s\n",
            "export %2$s_TOKEN='%1$s'\n",
            "config:\n  %3$s_secret: %1$s\n  size: 3\n");

    private static List<Rule> rules() {
        return PACKS.stream()
                .filter(pack -> pack.category() == Category.SECRET)
                .flatMap(pack -> pack.rules().stream())
                .toList();
    }

    @Test
    void thereAreAtLeastTwoHundredKindsOfCredentials() {
        assertThat(rules()).hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void everyKindIsFoundInAllSurroundings() {
        System.out.println("seed " + SEED);
        Map<String, List<SampleFormat>> table = new SampleTable("secret-samples.txt", new Random(SEED)).formats();
        Map<String, String> tooFew = new LinkedHashMap<>();
        int texts = 0;
        int found = 0;
        for (Rule rule : rules()) {
            List<SampleFormat> formats = table.getOrDefault(rule.id(), List.of()).stream()
                    .filter(SampleFormat::typical)
                    .toList();
            assertThat(formats).as("descriptions of " + rule.id()).isNotEmpty();
            Guard alone = new Guard(GuardPolicy.strict(
                    List.of(new RulePack(Category.SECRET.wireName(), Category.SECRET, List.of(rule)))));
            List<String> missed = new ArrayList<>();
            List<String> all = texts(formats);
            for (String text : all) {
                if (!blocks(alone, text) || !blocks(GUARD, text)) {
                    missed.add(text);
                }
            }
            texts += all.size();
            found += all.size() - missed.size();
            if (missed.size() > (1 - LEAST_FOUND) * all.size()) {
                tooFew.put(rule.id(), missed.size() + " of " + all.size() + ", such as " + missed.get(0));
            }
        }
        System.out.printf(Locale.ROOT, "%d kinds, %d of %d texts found%n", rules().size(), found, texts);
        assertThat(tooFew).isEmpty();
    }

    private static List<String> texts(List<SampleFormat> formats) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            SampleFormat format = formats.get(i % formats.size());
            Sample sample = format.next();
            String vendor = format.vendor();
            List<String> surroundings = vendor.isEmpty() ? BARE : NAMED;
            for (String surrounding : surroundings) {
                texts.add(String.format(
                        Locale.ROOT, surrounding, sample.text(), vendor.toUpperCase(Locale.ROOT), vendor));
            }
        }
        return texts;
    }

    @Test
    void whatOnlyLooksRandomIsNone() {
        System.out.println("seed " + SEED);
        NoSecrets texts = new NoSecrets(new Random(SEED));
        List<String> flagged = new ArrayList<>();
        for (int i = 0; i < NO_SECRETS; i++) {
            String text = texts.next(i);
            Verdict verdict = GUARD.inspect(List.of(new GuardedText("prompt", text)));
            verdict.findings().stream()
                    .filter(finding -> finding.category() == Category.SECRET)
                    .forEach(finding -> flagged.add(finding.rule() + ": "
                            + text.substring(finding.start(), Math.min(finding.end(), finding.start() + 80))));
        }
        System.out.println(flagged.size() + " of " + NO_SECRETS + " flagged");
        assertThat(flagged).hasSizeLessThanOrEqualTo(MOST_FLAGGED);
    }

    private static boolean blocks(Guard guard, String text) {
        return guard.inspect(List.of(new GuardedText("prompt", text))) instanceof Verdict.Block;
    }
}
