package io.clawsec.store.dynamodb;

import static io.clawsec.store.dynamodb.Attributes.number;
import static io.clawsec.store.dynamodb.Attributes.text;

import io.clawsec.settings.SettingsSection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The item that holds the settings. A section that is too long for it, for an item has 400 KB, is in parts beside it; they
 * are never changed, only replaced by parts of another version.
 *
 * @param item as it was read; empty before anything was saved
 */
record SettingsItem(Map<String, AttributeValue> item) {

    static final Map<String, AttributeValue> KEY = Map.of(DynamoDbTables.PK, text("current"));

    /** The longest part; with three bytes a character, three sections of this length fit into one item. */
    static final int PART_CHARACTERS = 32 * 1024;

    private static final String VERSION = "version";
    private static final String CONTENT = "content";

    /** Behind a section's name: how many parts it has, and of which version they are. */
    private static final String PARTS = "_parts";

    private static final String PARTS_VERSION = "_parts_version";

    long version() {
        return number(item, VERSION, 0);
    }

    /** The sections that were saved. Those of a later release are not seen, and left alone. */
    List<SettingsSection> sections() {
        return Stream.of(SettingsSection.values())
                .filter(section -> item.containsKey(section.wireName()) || item.containsKey(section.wireName() + PARTS))
                .toList();
    }

    /** A section's content; null where it is in parts. */
    @Nullable
    String content(SettingsSection section) {
        return text(item, section.wireName());
    }

    /** Where a section's parts are. */
    List<Map<String, AttributeValue>> parts(SettingsSection section) {
        String name = section.wireName();
        long version = number(item, name + PARTS_VERSION, 0);
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (long i = 0; i < number(item, name + PARTS, 0); i++) {
            keys.add(partKey(section, version, i));
        }
        return keys;
    }

    static String partContent(Map<String, AttributeValue> part) {
        return Attributes.textOrEmpty(part, CONTENT);
    }

    private static Map<String, AttributeValue> partKey(SettingsSection section, long version, long part) {
        return Map.of(DynamoDbTables.PK, text("part#" + section.wireName() + "#" + version + "#" + part));
    }

    /** What makes these settings the next version, with a section saved, if nobody was faster. */
    List<TransactWriteItem> saved(String table, SettingsSection section, String content) {
        long next = version() + 1;
        List<String> parts = content.length() <= PART_CHARACTERS ? List.of() : cut(content);
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(update(table, section, content, parts.size()));
        for (int i = 0; i < parts.size(); i++) {
            Map<String, AttributeValue> part = new HashMap<>(partKey(section, next, i));
            part.put(CONTENT, text(parts.get(i)));
            items.add(TransactWriteItem.builder()
                    .put(put -> put.tableName(table).item(part))
                    .build());
        }
        for (Map<String, AttributeValue> old : parts(section)) {
            items.add(TransactWriteItem.builder()
                    .delete(delete -> delete.tableName(table).key(old))
                    .build());
        }
        return items;
    }

    private TransactWriteItem update(String table, SettingsSection section, String content, int parts) {
        String name = section.wireName();
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":next", number(version() + 1));
        Map<String, String> names = new HashMap<>(
                Map.of("#version", VERSION, "#content", name, "#parts", name + PARTS, "#of", name + PARTS_VERSION));
        Update.Builder update = Update.builder().tableName(table).key(KEY);
        if (parts == 0) {
            values.put(":content", text(content));
            update.updateExpression("SET #version = :next, #content = :content REMOVE #parts, #of");
        } else {
            values.put(":parts", number(parts));
            update.updateExpression("SET #version = :next, #parts = :parts, #of = :next REMOVE #content");
        }
        if (version() == 0) {
            update.conditionExpression("attribute_not_exists(pk)");
        } else {
            values.put(":now", number(version()));
            update.conditionExpression("#version = :now");
        }
        return TransactWriteItem.builder()
                .update(update.expressionAttributeNames(names)
                        .expressionAttributeValues(values)
                        .build())
                .build();
    }

    /** Parts that are no longer than a part may be, none of which ends within a character. */
    private static List<String> cut(String content) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < content.length()) {
            int end = Math.min(start + PART_CHARACTERS, content.length());
            if (end < content.length() && Character.isHighSurrogate(content.charAt(end - 1))) {
                end--;
            }
            parts.add(content.substring(start, end));
            start = end;
        }
        return parts;
    }

    /** Shows the version only. */
    @Override
    public String toString() {
        return "SettingsItem[version=" + version() + "]";
    }
}
