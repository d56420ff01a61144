package io.clawsec.policyfile;

import io.clawsec.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** One mapping of a policy file: takes its values by key and type, and adds an error where one is not as asked. */
final class YamlMap {

    /** Entries that one list may hold. */
    private static final int MAX_LIST = 500;

    private final MappingNode node;
    private final String name;
    private final PolicyErrors errors;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();

    /**
     * Wraps a node.
     *
     * @param name what the errors call it
     */
    YamlMap(MappingNode node, String name, PolicyErrors errors) {
        this.node = node;
        this.name = name;
        this.errors = errors;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
                errors.add(tuple.getKeyNode(), "a key of " + name + " is not plain text");
            } else if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                errors.add(key, "the key " + errors.quoted(key.getValue()) + " is there twice");
            } else {
                keys.put(key.getValue(), key);
            }
        }
    }

    Node node() {
        return node;
    }

    /** The keys in the file's order. */
    Set<String> keys() {
        return values.keySet();
    }

    /** Where the key's value stands, or the mapping if there is none. */
    Node at(String key) {
        return values.getOrDefault(key, node);
    }

    /** Adds an error for every key that is not known. */
    void allowOnly(Set<String> known) {
        keys.forEach((key, at) -> {
            if (!known.contains(key)) {
                errors.add(at, "unknown key " + errors.quoted(key) + " in " + name);
            }
        });
    }

    /** A text that must be there. */
    String text(String key) {
        return optionalText(key).orElseGet(() -> {
            if (!values.containsKey(key)) {
                errors.add(node, name + " has no " + key);
            }
            return "";
        });
    }

    Optional<String> optionalText(String key) {
        Node value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        String text = scalar(value, Tag.STR);
        if (text == null) {
            errors.add(value, key + " is not text (quote it)");
        } else if (!Json.isWellFormed(text)) {
            errors.add(value, key + " has half of a character (an unpaired surrogate)"); // no answer could tell it
        }
        return Optional.ofNullable(text);
    }

    OptionalInt optionalInteger(String key, int least, int most) {
        Node value = values.get(key);
        if (value == null) {
            return OptionalInt.empty();
        }
        String digits = scalar(value, Tag.INT);
        try {
            int number = Integer.parseInt(digits == null ? "" : digits);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException notDecimal) {
            // falls through to the one error: octal, hexadecimal and sexagesimal forms are not taken
        }
        errors.add(value, key + " is not a whole number from " + least + " to " + most);
        return OptionalInt.empty();
    }

    boolean flag(String key, boolean otherwise) {
        Node value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        String text = scalar(value, Tag.BOOL);
        if (text == null || (!text.equals("true") && !text.equals("false"))) {
            errors.add(value, key + " is neither true nor false");
        }
        return text != null && text.equals("true");
    }

    /** A list of texts; empty if the key is not there. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node entry : list(key)) {
            String text = scalar(entry, Tag.STR);
            if (text == null) {
                errors.add(entry, "an entry of " + key + " is not text (quote it)");
            } else {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The line of each entry of a list, the file's first being 1; none if the key is not there. */
    List<Integer> lines(String key) {
        List<Integer> lines = new ArrayList<>();
        if (values.get(key) instanceof SequenceNode sequence) {
            for (Node entry : sequence.getValue()) {
                lines.add(entry.getStartMark().getLine() + 1);
            }
        }
        return lines;
    }

    /** The line on which it begins. */
    int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** A mapping under the key; empty, with an error where it is needed, if there is none. */
    Optional<YamlMap> map(String key, String called) {
        Node value = values.get(key);
        if (value instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
            return Optional.of(new YamlMap(mapping, called, errors));
        }
        errors.add(at(key), value == null ? name + " has no " + key : key + " is not a mapping");
        return Optional.empty();
    }

    /** A list of mappings, each of which the errors call by the same name. */
    List<YamlMap> maps(String key, String called) {
        List<YamlMap> maps = new ArrayList<>();
        for (Node entry : list(key)) {
            if (entry instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
                maps.add(new YamlMap(mapping, called, errors));
            } else {
                errors.add(entry, "an entry of " + key + " is not a mapping");
            }
        }
        return maps;
    }

    private List<Node> list(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence) || !sequence.getTag().equals(Tag.SEQ)) {
            errors.add(value, key + " is not a list");
            return List.of();
        }
        if (sequence.getValue().size() > MAX_LIST) {
            errors.add(value, key + " has more than " + MAX_LIST + " entries");
            return List.of();
        }
        return sequence.getValue();
    }

    /** The scalar's text, or null where it is none of that kind. */
    private static @Nullable String scalar(Node value, Tag tag) {
        return value instanceof ScalarNode scalar && scalar.getTag().equals(tag) ? scalar.getValue() : null;
    }
}
