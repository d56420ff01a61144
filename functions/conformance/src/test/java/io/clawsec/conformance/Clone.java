package io.clawsec.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the clone that the tests run in, wherever the build was started from. */
final class Clone {

    /** The folder that has {@code template.yaml}. */
    static final Path TOP = top();

    private Clone() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object yaml(Path file) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).load(text(file));
    }

    /** The files below a folder whose names end so, in the order of their paths. */
    static List<Path> files(String folder, String... endings) {
        try (Stream<Path> paths = Files.walk(TOP.resolve(folder))) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is found by going down from a tree of maps, key by key. */
    @SuppressWarnings("unchecked")
    static <T> T at(Object tree, String... keys) {
        Object value = tree;
        for (String key : keys) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(key)) {
                throw new AssertionError("no " + key + " in " + value);
            }
            value = map.get(key);
        }
        return (T) value;
    }

    private static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("template.yaml"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("no folder above has a template.yaml");
            }
        }
        return folder;
    }
}
