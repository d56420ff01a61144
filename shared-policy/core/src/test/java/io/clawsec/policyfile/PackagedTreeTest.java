package io.clawsec.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The trees that the build wrote, against the files that they were made of. */
class PackagedTreeTest {

    @ParameterizedTest
    @ValueSource(strings = {"roles.yaml", "injection.yaml", "secrets.yaml", "pii.yaml"})
    void theTreeIsTheOneThatYamlHasLineByLine(String name) {
        PolicySource source = PolicyFiles.packaged(name);
        Node tree = Objects.requireNonNull(PackagedTree.of(source), "no tree of this file: the build writes it");
        assertThat(shown(tree)).isEqualTo(shown(YamlText.compose(source)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles.yaml", "injection.yaml", "secrets.yaml", "pii.yaml"})
    void noTreeStandsForOtherBytes(String name) {
        byte[] bytes = PolicyFiles.packaged(name).bytes();
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        assertThat(PackagedTree.of(new PolicySource(name, changed, true))).isNull();
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        assertThat(PackagedTree.of(new PolicySource(name, shorter, true))).isNull();
        assertThat(PackagedTree.of(new PolicySource("other-" + name, bytes, true)))
                .isNull();
    }

    private static String shown(Node root) {
        StringBuilder shown = new StringBuilder();
        show(root, shown);
        return shown.toString();
    }

    private static void show(Node node, StringBuilder shown) {
        shown.append(node.getTag()).append('@').append(node.getStartMark().getLine());
        if (node instanceof ScalarNode scalar) {
            shown.append('=').append(scalar.getValue()).append('\n');
        } else if (node instanceof SequenceNode sequence) {
            shown.append("[\n");
            sequence.getValue().forEach(entry -> show(entry, shown));
            shown.append("]\n");
        } else if (node instanceof MappingNode mapping) {
            shown.append("{\n");
            for (NodeTuple tuple : mapping.getValue()) {
                show(tuple.getKeyNode(), shown);
                show(tuple.getValueNode(), shown);
            }
            shown.append("}\n");
        }
    }
}
