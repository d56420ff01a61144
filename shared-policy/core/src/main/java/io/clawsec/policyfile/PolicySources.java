package io.clawsec.policyfile;

import io.clawsec.access.AccessPolicy;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The policy files as they were at one moment: their bytes, not judged yet. Immutable. */
final class PolicySources {

    private static final String ROLES = "roles.yaml";
    static final Map<String, Category> PACKS = packs();

    /** What a policy file may be called. */
    static final Set<String> NAMES = names();

    private final Map<String, PolicySource> own;
    private final List<String> errors;
    private final Instant changed;

    /**
     * Keeps what was read.
     *
     * @param own the operator's files by name; the packaged ones stand for those that are missing
     * @param errors what was wrong already when they were read
     * @param changed when the folder or one of its files was last written
     */
    PolicySources(Map<String, PolicySource> own, List<String> errors, Instant changed) {
        this.own = Map.copyOf(own);
        this.errors = List.copyOf(errors);
        this.changed = changed;
    }

    /** Whether nobody has written to the files since. */
    boolean unchangedSince(Instant instant) {
        return changed.isBefore(instant);
    }

    /** Whether the others have the same names and bytes; times do not count. */
    boolean sameAs(PolicySources other) {
        return errors.equals(other.errors) && own.equals(other.own);
    }

    /** Validates all files; whatever is wrong with any of them is in the one {@link PolicyFileException}. */
    Policy policy() {
        List<String> all = new ArrayList<>(errors);
        List<PolicySource> sources = new ArrayList<>();
        PolicySource roles = source(ROLES);
        sources.add(roles);
        AccessPolicy access = readRoles(roles, all);
        List<RulePack> packs = new ArrayList<>();
        PACKS.forEach((name, category) -> {
            PolicySource source = source(name);
            sources.add(source);
            packs.add(readPack(source, category, all));
        });
        refuseSharedIds(packs, all);
        if (!all.isEmpty()) {
            throw new PolicyFileException(all);
        }
        return new Policy(access, packs, sha256(sources));
    }

    /** All that is wrong with the files, and where everything in them stands; every pattern is checked. */
    PolicyReview review() {
        List<String> all = new ArrayList<>(errors);
        readRoles(source(ROLES), all);
        List<RulePack> packs = new ArrayList<>();
        Map<String, RulePlaces> places = new HashMap<>();
        PACKS.forEach((name, category) -> {
            PolicyErrors found = new PolicyErrors(name);
            packs.add(RulePackFile.read(source(name), category, true, found, places::putIfAbsent));
            all.addAll(found.list());
        });
        refuseSharedIds(packs, all);
        return new PolicyReview(packs, all, places);
    }

    private PolicySource source(String name) {
        PolicySource replaced = own.get(name);
        return replaced == null ? PolicyFiles.packaged(name) : replaced;
    }

    private static AccessPolicy readRoles(PolicySource source, List<String> all) {
        PolicyErrors found = new PolicyErrors(source.name());
        AccessPolicy access = RolesFile.read(source, found);
        all.addAll(found.list());
        return access;
    }

    private RulePack readPack(PolicySource source, Category category, List<String> all) {
        PolicyErrors found = new PolicyErrors(source.name());
        RulePack pack = RulePackFile.read(source, category, own.containsKey(source.name()), found);
        all.addAll(found.list());
        return pack;
    }

    /** Findings, modes and audit events name a rule by its id alone. */
    static void refuseSharedIds(List<RulePack> packs, List<String> all) {
        Map<String, String> fileOfId = new HashMap<>();
        for (RulePack pack : packs) {
            for (Rule rule : pack.rules()) {
                String other = fileOfId.putIfAbsent(rule.id(), pack.name());
                if (other != null && !other.equals(pack.name())) {
                    all.add(pack.name() + ".yaml:1: the id " + rule.id() + " is in " + other + ".yaml too");
                }
            }
        }
    }

    /** SHA-256 over name, zero byte, length as eight bytes, and bytes of each file, in the fixed order. */
    private static String sha256(List<PolicySource> sources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (PolicySource source : sources) {
                digest.update(source.name().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(ByteBuffer.allocate(Long.BYTES)
                        .putLong(source.bytes().length)
                        .array());
                digest.update(source.bytes());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(PACKS.keySet());
        names.add(ROLES);
        return names;
    }

    private static Map<String, Category> packs() {
        Map<String, Category> packs = new LinkedHashMap<>();
        packs.put("injection.yaml", Category.INJECTION);
        packs.put("secrets.yaml", Category.SECRET);
        packs.put("pii.yaml", Category.PII);
        return packs;
    }
}
