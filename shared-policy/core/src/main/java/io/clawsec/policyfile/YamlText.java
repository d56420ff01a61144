package io.clawsec.policyfile;

import java.io.StringReader;
import java.util.Optional;
import java.util.OptionalInt;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Parses YAML into its tree of nodes, each of which knows its line, within bounds.
 *
 * <p>No object is ever constructed from the tree, so no tag can name a class; {@link YamlMap} refuses the tags. Nor is
 * anything made that could construct one, which would take longer than reading the tree.
 */
final class YamlText {

    /** One file's size in code points and in bytes. */
    static final int MAX_FILE_CHARACTERS = 1 << 20;

    private static final int MAX_NESTING = 12;
    private static final int MAX_COLLECTION_ALIASES = 0;

    private YamlText() {}

    /** The file's top-level mapping; empty, with an error added, if there is none. */
    static Optional<YamlMap> parse(PolicySource source, PolicyErrors errors) {
        OptionalInt foreign = source.packaged() ? OptionalInt.empty() : source.lineNotUtf8();
        if (foreign.isPresent()) {
            // Read all the same, a rule and its examples would have the same wrong characters, and agree.
            errors.add(foreign.getAsInt(), "not UTF-8");
            return Optional.empty();
        }
        try {
            Node packaged = source.packaged() ? PackagedTree.of(source) : null;
            Node root = packaged == null ? compose(source) : packaged;
            if (root instanceof MappingNode mapping) {
                return Optional.of(new YamlMap(mapping, "the file", errors));
            }
            errors.add(1, "the file is not a mapping of keys to values");
        } catch (MarkedYAMLException malformed) {
            int line = malformed.getProblemMark() == null
                    ? 1
                    : malformed.getProblemMark().getLine() + 1;
            errors.add(line, "not well-formed YAML: " + errors.quoted(malformed.getProblem()));
        } catch (YAMLException beyondBounds) {
            errors.add(
                    beyondBounds instanceof ReaderException ? lineNotPrintable(source.text()) : 1,
                    "not acceptable YAML: " + errors.quoted(String.valueOf(beyondBounds.getMessage())));
        }
        return Optional.empty();
    }

    /** The file's tree, read from its text; a {@link YAMLException} where it is none or passes a bound. */
    static Node compose(PolicySource source) {
        LoaderOptions bounds = bounds();
        StreamReader text = new StreamReader(new StringReader(source.text()));
        try {
            return new Composer(new ParserImpl(text, bounds), new Resolver(), bounds).getSingleNode();
        } catch (NumberFormatException escape) { // SnakeYAML's own slip: the digits of \U may say more than an int
            throw new ParserException(null, null, "an escape that is no character", text.getMark());
        }
    }

    /** SnakeYAML tells the place within the part that it happened to read at once. */
    private static int lineNotPrintable(String text) {
        int line = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!StreamReader.isPrintable(text.codePointAt(i))) {
                return line;
            }
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return 1;
    }

    private static LoaderOptions bounds() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_FILE_CHARACTERS);
        options.setNestingDepthLimit(MAX_NESTING);
        options.setMaxAliasesForCollections(MAX_COLLECTION_ALIASES);
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        return options;
    }
}
