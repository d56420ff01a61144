import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes the trees of the packaged policy files that {@code io.clawsec.policyfile.PackagedTree} reads. Run by the build,
 * with the YAML library that the product has.
 *
 * <p>A tree is the length of its file, its CRC-32, and the root; a node is its tag's number, its line, its size, and as
 * many pairs, entries or bytes of UTF-8.
 */
public final class PolicyTreeGenerator {

    /** By their numbers; {@code PackagedTree} has the same ones. */
    private static final List<Tag> TAGS = List.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.BOOL);

    private final DataOutputStream out;

    private PolicyTreeGenerator(DataOutputStream out) {
        this.out = out;
    }

    /** Takes the folder of the files, the folder of the trees, and the files' names. */
    public static void main(String[] args) throws IOException {
        Path trees = Files.createDirectories(Path.of(args[1]));
        for (int i = 2; i < args.length; i++) {
            byte[] file = Files.readAllBytes(Path.of(args[0], args[i]));
            CRC32 checksum = new CRC32();
            checksum.update(file);
            try (DataOutputStream out =
                    new DataOutputStream(Files.newOutputStream(trees.resolve(args[i] + ".tree")))) {
                out.writeInt(file.length);
                out.writeInt((int) checksum.getValue());
                new PolicyTreeGenerator(out).write(root(new String(file, StandardCharsets.UTF_8)));
            }
        }
    }

    private static Node root(String yaml) {
        LoaderOptions options = new LoaderOptions();
        StreamReader reader = new StreamReader(new StringReader(yaml));
        return new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
    }

    private void write(Node node) throws IOException {
        int tag = TAGS.indexOf(node.getTag());
        if (tag < 0) {
            throw new IllegalArgumentException("a packaged policy file has no " + node.getTag());
        }
        out.writeByte(tag);
        out.writeInt(node.getStartMark().getLine());
        if (node instanceof MappingNode) {
            List<NodeTuple> tuples = ((MappingNode) node).getValue();
            out.writeInt(tuples.size());
            for (NodeTuple tuple : tuples) {
                write(tuple.getKeyNode());
                write(tuple.getValueNode());
            }
        } else if (node instanceof SequenceNode) {
            List<Node> entries = ((SequenceNode) node).getValue();
            out.writeInt(entries.size());
            for (Node entry : entries) {
                write(entry);
            }
        } else {
            byte[] text = ((ScalarNode) node).getValue().getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }
    }
}
