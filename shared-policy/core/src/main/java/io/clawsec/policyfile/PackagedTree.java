package io.clawsec.policyfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The tree of a packaged policy file as {@link YamlText} would read it, for parsing YAML is half of what a start costs.
 * The build writes it, and what is made of the tree is judged like any other. Not for several threads.
 */
final class PackagedTree {

    private static final String ENDING = ".tree";

    /** By their numbers in the file; the generator has the same ones. */
    private static final Tag[] TAGS = {Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.BOOL};

    private static final int MAP = 0;
    private static final int LIST = 1;

    private static final int[] NO_TEXT = {};

    private final ByteBuffer tree;
    private final byte[] bytes;
    private Mark mark = mark(0);

    private PackagedTree(byte[] bytes) {
        this.bytes = bytes;
        this.tree = ByteBuffer.wrap(bytes);
    }

    /** The file's root; null where the tree is of other bytes than the file has, or of none. */
    static @Nullable Node of(PolicySource source) {
        try (InputStream in = PackagedTree.class.getResourceAsStream(source.name() + ENDING)) {
            if (in == null) {
                return null;
            }
            PackagedTree packaged = new PackagedTree(in.readAllBytes());
            return packaged.isOf(source.bytes()) ? packaged.node() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells a tree that an older build left behind; there is no enemy here, for both files are packaged. */
    private boolean isOf(byte[] file) {
        CRC32 checksum = new CRC32();
        checksum.update(file);
        return tree.getInt() == file.length && tree.getInt() == (int) checksum.getValue();
    }

    private Node node() {
        int kind = tree.get();
        Tag tag = TAGS[kind];
        Mark at = at(tree.getInt());
        int size = tree.getInt();
        if (kind == MAP) {
            List<NodeTuple> tuples = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                tuples.add(new NodeTuple(node(), node()));
            }
            return new MappingNode(tag, true, tuples, at, at, DumperOptions.FlowStyle.AUTO);
        }
        if (kind == LIST) {
            List<Node> entries = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                entries.add(node());
            }
            return new SequenceNode(tag, true, entries, at, at, DumperOptions.FlowStyle.AUTO);
        }
        String text = new String(bytes, tree.position(), size, StandardCharsets.UTF_8);
        tree.position(tree.position() + size);
        return new ScalarNode(tag, text, at, at, DumperOptions.ScalarStyle.PLAIN);
    }

    /** Neighbours stand on the same line as often as not. */
    private Mark at(int line) {
        mark = mark.getLine() == line ? mark : mark(line);
        return mark;
    }

    private static Mark mark(int line) {
        return new Mark("", 0, line, 0, NO_TEXT, 0);
    }
}
