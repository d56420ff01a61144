package io.clawsec.policyfile;

import io.clawsec.access.AccessPolicy;
import io.clawsec.guard.rule.Category;
import io.clawsec.guard.rule.Rule;
import io.clawsec.guard.rule.RulePack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policy files: those packaged with the product, each replaced by the file of the same name in the operator's
 * folder if there is one.
 */
public final class PolicyFiles {

    private static final String ROLES = "roles.yaml";
    private static final Map<String, Category> PACKS = packs();
    private static final String PACKAGED = "/policy/";

    private final Optional<Path> folder;

    private PolicyFiles(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The packaged files alone. */
    public static PolicyFiles packaged() {
        return new PolicyFiles(Optional.empty());
    }

    /** The packaged files under those of the operator's folder. */
    public static PolicyFiles in(Path folder) {
        return new PolicyFiles(Optional.of(folder));
    }

    /** Reads and validates all files; whatever is wrong with any of them is in the one {@link PolicyFileException}. */
    public Policy load() {
        List<String> errors = new ArrayList<>(strangers());
        List<PolicySource> sources = new ArrayList<>();
        PolicySource roles = source(ROLES, errors);
        sources.add(roles);
        AccessPolicy access = readRoles(roles, errors);
        List<RulePack> packs = new ArrayList<>();
        PACKS.forEach((name, category) -> {
            PolicySource source = source(name, errors);
            sources.add(source);
            packs.add(readPack(source, category, errors));
        });
        refuseSharedIds(packs, errors);
        if (!errors.isEmpty()) {
            throw new PolicyFileException(errors);
        }
        return new Policy(access, packs, sha256(sources));
    }

    private static AccessPolicy readRoles(PolicySource source, List<String> all) {
        PolicyErrors errors = new PolicyErrors(source.name());
        AccessPolicy access = RolesFile.read(source, errors);
        all.addAll(errors.list());
        return access;
    }

    private RulePack readPack(PolicySource source, Category category, List<String> all) {
        PolicyErrors errors = new PolicyErrors(source.name());
        RulePack pack = RulePackFile.read(source, category, overridden(source.name()), errors);
        all.addAll(errors.list());
        return pack;
    }

    /** Findings, modes and audit events name a rule by its id alone. */
    private static void refuseSharedIds(List<RulePack> packs, List<String> errors) {
        Map<String, String> fileOfId = new HashMap<>();
        for (RulePack pack : packs) {
            for (Rule rule : pack.rules()) {
                String other = fileOfId.putIfAbsent(rule.id(), pack.name());
                if (other != null && !other.equals(pack.name())) {
                    errors.add(pack.name() + ".yaml:1: the id " + rule.id() + " is in " + other + ".yaml too");
                }
            }
        }
    }

    /** A misspelt name would leave the packaged file in force without a word, so it is an error. */
    private List<String> strangers() {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .filter(name -> !name.equals(ROLES) && !PACKS.containsKey(name))
                    .sorted()
                    .map(name -> name + ":1: not the name of a policy file")
                    .toList();
        } catch (IOException unreadable) {
            return List.of(folder.get() + ":1: the policy folder cannot be read");
        }
    }

    private boolean overridden(String name) {
        return folder.map(path -> Files.exists(path.resolve(name))).orElse(false);
    }

    private PolicySource source(String name, List<String> errors) {
        try (InputStream in =
                overridden(name) ? Files.newInputStream(folder.orElseThrow().resolve(name)) : packagedFile(name)) {
            byte[] bytes = in.readNBytes(YamlText.MAX_FILE_CHARACTERS + 1);
            if (bytes.length > YamlText.MAX_FILE_CHARACTERS) {
                errors.add(name + ":1: the file is larger than " + YamlText.MAX_FILE_CHARACTERS + " bytes");
            }
            return new PolicySource(name, bytes);
        } catch (IOException unreadable) {
            errors.add(name + ":1: the file cannot be read");
            return new PolicySource(name, new byte[0]);
        }
    }

    private static InputStream packagedFile(String name) throws IOException {
        InputStream in = PolicyFiles.class.getResourceAsStream(PACKAGED + name);
        if (in == null) {
            throw new IOException("not packaged: " + name);
        }
        return in;
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

    private static Map<String, Category> packs() {
        Map<String, Category> packs = new LinkedHashMap<>();
        packs.put("injection.yaml", Category.INJECTION);
        packs.put("secrets.yaml", Category.SECRET);
        packs.put("pii.yaml", Category.PII);
        return packs;
    }
}
