package io.clawsec.policyfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policy files: those packaged with the product, each replaced by the file of the same name in the operator's
 * folder if there is one.
 */
public final class PolicyFiles {

    private static final String PACKAGED = "/policy/";

    /** What the operator's folder may hold, other people's files included. */
    private static final int MOST_ENTRIES = 1_000;

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
        return read().policy();
    }

    /** Reads all files for their author; whatever is wrong is told and nothing throws. */
    public PolicyReview review() {
        return read().review();
    }

    /** Whether there is an operator's folder: the packaged files never change. */
    boolean mayChange() {
        return folder.isPresent();
    }

    /** The files as they are now; nothing is judged yet, and nothing throws. */
    PolicySources read() {
        if (folder.isEmpty()) {
            return new PolicySources(Map.of(), List.of(), Instant.MIN);
        }
        Map<String, PolicySource> own = new HashMap<>();
        List<String> errors = new ArrayList<>();
        Instant changed = Instant.MIN;
        try {
            // Wherever a link to the folder points now: what is read shall be of one place.
            Path place = folder.get().toRealPath();
            changed = modified(place);
            for (String name : names(place, errors)) {
                if (!PolicySources.NAMES.contains(name)) {
                    // A misspelt name would leave the packaged file in force without a word.
                    errors.add(name + ":1: not the name of a policy file");
                    continue;
                }
                Path file = place.resolve(name);
                own.put(name, source(name, file, errors));
                Instant modified = modified(file);
                changed = modified.isAfter(changed) ? modified : changed;
            }
        } catch (IOException | UncheckedIOException unreadable) {
            errors.add(folder.get() + ":1: the policy folder cannot be read");
        }
        return new PolicySources(own, errors, changed);
    }

    private static List<String> names(Path place, List<String> errors) throws IOException {
        List<Path> entries;
        try (Stream<Path> files = Files.list(place)) {
            entries = files.limit(MOST_ENTRIES + 1).toList();
        }
        if (entries.size() > MOST_ENTRIES) {
            errors.add(place + ":1: the policy folder holds more than " + MOST_ENTRIES + " files");
            return List.of();
        }
        return entries.stream()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                .sorted()
                .toList();
    }

    /** When a file, or what a link leads to, was last written; long ago where nobody can tell. */
    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException unreadable) {
            return Instant.MIN;
        }
    }

    private static PolicySource source(String name, Path file, List<String> errors) {
        try (InputStream in = Files.newInputStream(file)) {
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

    /** The packaged file of that name. */
    static PolicySource packaged(String name) {
        try (InputStream in = PolicyFiles.class.getResourceAsStream(PACKAGED + name)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + name);
            }
            return new PolicySource(name, in.readAllBytes(), true);
        } catch (IOException e) {
            throw new IllegalStateException("the packaged file cannot be read: " + name, e);
        }
    }
}
