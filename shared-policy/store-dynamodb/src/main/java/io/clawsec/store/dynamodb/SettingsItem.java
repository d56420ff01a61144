package io.clawsec.store.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;

import io.clawsec.settings.SettingsSection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactUpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item that holds the settings. A section that is too long for it, for an item has 400 KB, is in parts beside it; they
 * are never changed, only replaced by parts of another version.
 */
final class SettingsItem {

    static final TableSchema<SettingsItem> SCHEMA = schema();

    private static final String CURRENT = "current";

    static final Key KEY = key(CURRENT);

    /** The longest part; with three bytes a character, three sections of this length fit into one item. */
    static final int PART_CHARACTERS = 32 * 1024;

    /** What the longest item comes to in UTF-8, at most. */
    static final int MOST_BYTES = 3 * 3 * PART_CHARACTERS;

    private String pk = CURRENT;
    private @Nullable Long version;
    private @Nullable String partContent;
    private final Map<SettingsSection, String> contents = new EnumMap<>(SettingsSection.class);

    /** How many parts a section has. */
    private final Map<SettingsSection, Long> parts = new EnumMap<>(SettingsSection.class);

    /** Of which version they are. */
    private final Map<SettingsSection, Long> partsVersions = new EnumMap<>(SettingsSection.class);

    /** The settings before anything was saved. */
    SettingsItem() {}

    /** What it does not name, such as sections of a later release, is not seen, and left alone. */
    private static TableSchema<SettingsItem> schema() {
        ItemSchema<SettingsItem> schema = new ItemSchema<>(SettingsItem.class, SettingsItem::new)
                .text(DynamoDbTables.PK, item -> item.pk, (item, value) -> item.pk = value, primaryPartitionKey())
                .number("version", item -> item.version, (item, value) -> item.version = value)
                .text("content", item -> item.partContent, (item, value) -> item.partContent = value);
        for (SettingsSection section : SettingsSection.values()) {
            String name = section.wireName();
            schema.text(name, item -> item.contents.get(section), (item, value) -> item.contents.put(section, value));
            schema.number(
                    name + "_parts", item -> item.parts.get(section), (item, value) -> item.parts.put(section, value));
            schema.number(
                    name + "_parts_version",
                    item -> item.partsVersions.get(section),
                    (item, value) -> item.partsVersions.put(section, value));
        }
        return schema.build();
    }

    private static Key key(String pk) {
        return Key.builder().partitionValue(pk).build();
    }

    long version() {
        return version == null ? 0 : version;
    }

    /** The sections that were saved. */
    List<SettingsSection> sections() {
        return Stream.of(SettingsSection.values())
                .filter(section -> contents.containsKey(section) || parts.containsKey(section))
                .toList();
    }

    /** A section's content; null where it is in parts. */
    @Nullable
    String content(SettingsSection section) {
        return contents.get(section);
    }

    /** Where a section's parts are. */
    List<Key> parts(SettingsSection section) {
        long of = partsVersions.getOrDefault(section, 0L);
        return LongStream.range(0, parts.getOrDefault(section, 0L))
                .mapToObj(part -> key(partKey(section, of, part)))
                .toList();
    }

    private static String partKey(SettingsSection section, long version, long part) {
        return "part#" + section.wireName() + "#" + version + "#" + part;
    }

    /** What a part holds. */
    String partContent() {
        return partContent == null ? "" : partContent;
    }

    /** What makes these settings the next version, with a section saved, if nobody was faster. */
    List<TransactionWrite> saved(DynamoDbTable<SettingsItem> table, SettingsSection section, String content) {
        List<Key> old = parts(section);
        Expression unchanged = unchanged();
        List<String> cut = content.length() <= PART_CHARACTERS ? List.of() : cut(content);
        version = version() + 1;
        contents.remove(section);
        parts.remove(section);
        partsVersions.remove(section);
        if (cut.isEmpty()) {
            contents.put(section, content);
        } else {
            parts.put(section, (long) cut.size());
            partsVersions.put(section, version);
        }
        List<TransactionWrite> writes = new ArrayList<>();
        writes.add(transaction -> transaction.addUpdateItem(
                table,
                TransactUpdateItemEnhancedRequest.builder(SettingsItem.class)
                        .item(this)
                        .conditionExpression(unchanged)
                        .build()));
        for (int i = 0; i < cut.size(); i++) {
            SettingsItem part = new SettingsItem();
            part.pk = partKey(section, version, i);
            part.partContent = cut.get(i);
            writes.add(transaction -> transaction.addPutItem(table, part));
        }
        old.forEach(key -> writes.add(transaction -> transaction.addDeleteItem(table, key)));
        return writes;
    }

    /** That the item is as it was read. */
    private Expression unchanged() {
        return version() == 0
                ? TransactionWrite.NOT_THERE
                : Expression.builder()
                        .expression("#version = :version")
                        .putExpressionName("#version", "version")
                        .putExpressionValue(":version", AttributeValue.fromN(Long.toString(version())))
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
