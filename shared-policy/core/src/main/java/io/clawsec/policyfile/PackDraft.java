package io.clawsec.policyfile;

import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.RulePack;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule pack that somebody tries out: YAML that stands in no file, judged as strictly as one that does. */
public final class PackDraft {

    /** Characters of a draft. */
    public static final int MAX_CHARACTERS = 1 << 19;

    /** What the errors call a draft that does not say which file it is for. */
    private static final String NAMELESS = "policy.yaml";

    private PackDraft() {}

    /**
     * Reads a draft; its category says whose place it takes.
     *
     * @param inForce the packs of which it takes the place of one
     * @throws PolicyFileException with every reason, each as {@code file:line: reason} and without a word of the draft
     */
    public static RulePack read(String yaml, List<RulePack> inForce) {
        PolicyErrors errors = new PolicyErrors(NAMELESS, false);
        if (yaml.length() > MAX_CHARACTERS) {
            errors.add(1, "a draft has at most " + MAX_CHARACTERS + " characters");
            throw new PolicyFileException(errors.list());
        }
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        Map.Entry<String, Category> file = file(new PolicySource(NAMELESS, bytes), errors)
                .orElseThrow(() -> new PolicyFileException(errors.list()));
        PolicyErrors found = new PolicyErrors(file.getKey(), false);
        RulePack draft = RulePackFile.read(new PolicySource(file.getKey(), bytes), file.getValue(), true, found);
        List<String> all = new ArrayList<>(found.list());
        List<RulePack> packs = new ArrayList<>(inForce);
        packs.removeIf(pack -> pack.category() == draft.category());
        packs.add(draft);
        PolicySources.refuseSharedIds(packs, all);
        if (!all.isEmpty()) {
            throw new PolicyFileException(all);
        }
        return draft;
    }

    /** The packaged file whose place it takes. */
    private static Optional<Map.Entry<String, Category>> file(PolicySource draft, PolicyErrors errors) {
        return YamlText.parse(draft, errors).flatMap(yaml -> {
            String category = yaml.text("category");
            Optional<Map.Entry<String, Category>> file = PolicySources.PACKS.entrySet().stream()
                    .filter(pack -> pack.getValue().wireName().equals(category))
                    .findFirst();
            if (file.isEmpty()) {
                errors.add(yaml.at("category"), "the category is one of injection, secret and pii");
            }
            return file;
        });
    }
}
