package io.clawsec.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A CloudFormation template with its short tags written out: {@code !Ref a} becomes {@code {Ref: a}}. */
public final class CloudFormationYaml extends SafeConstructor {

    private CloudFormationYaml(LoaderOptions options) {
        super(options);
        yamlMultiConstructors.put("!", new Function());
    }

    /** Reads a template; the same key twice is refused. */
    public static Map<String, Object> load(Path file) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new CloudFormationYaml(strict)).load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Function extends AbstractConstruct {
        @Override
        public Object construct(Node node) {
            String tag = node.getTag().getValue().substring(1);
            String name = tag.equals("Ref") || tag.equals("Condition") ? tag : "Fn::" + tag;
            if (node instanceof ScalarNode scalar) {
                return Map.of(name, scalar.getValue());
            }
            if (node instanceof SequenceNode sequence) {
                return Map.of(name, constructSequence(sequence));
            }
            return Map.of(name, constructMapping((MappingNode) node));
        }
    }
}
