package io.clawsec.fuzz;

import io.clawsec.guard.rule.Rule;
import io.clawsec.policyfile.PolicyFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a fuzzer starts from: the packaged rules' own examples, and the files that are kept for a target. */
final class FuzzSeeds {

    /** What each kind of input has before its text. */
    private static final String CUTS = "5a0Zq7Lc";

    private static final String SECOND_PATTERN = "(?i)\\bk[a-z]{2,}\\d|[^a]{3}$";

    private FuzzSeeds() {}

    /** An input for each example of each rule; where patterns are the target, for each pattern and an example. */
    static List<byte[]> examples(FuzzTarget target) {
        List<byte[]> seeds = new ArrayList<>();
        PolicyFiles.packaged().load().packs().stream()
                .flatMap(pack -> pack.rules().stream())
                .flatMap(rule -> inputs(target, rule))
                .forEach(input -> seeds.add(input.getBytes(StandardCharsets.UTF_8)));
        return seeds;
    }

    private static Stream<String> inputs(FuzzTarget target, Rule rule) {
        List<String> match = rule.examples().match();
        Stream<String> all = Stream.concat(match.stream(), rule.examples().noMatch().stream());
        return switch (target) {
            case MATCH ->
                rule.patterns().stream().map(regex -> regex + "\n" + SECOND_PATTERN + "\n" + String.join(" ", match));
            case STREAM -> all.map(text -> CUTS + text);
            case REDACT, FOLD -> all;
        };
    }

    /** The files that are kept for the target, in order of their names: what an input of each kind was found to be. */
    static List<Path> files(FuzzTarget target) throws IOException {
        URL folder = FuzzSeeds.class.getResource("GuardFuzzInputs/" + target.folder());
        if (folder == null) {
            throw new IllegalStateException("no seeds are kept for " + target);
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
