package io.clawsec.store.dynamodb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * One table: its keys, its indexes, and what else is switched on.
 *
 * @param suffix of its name, behind the prefix
 * @param key its own keys
 * @param indexes its global secondary indexes
 * @param expiry the attribute whose items DynamoDB removes after its time; null where nothing goes by itself
 * @param recovery whether point-in-time recovery is switched on
 */
record TableDefinition(
        String suffix,
        Keys key,
        List<Index> indexes,
        @Nullable String expiry,
        boolean recovery) {

    /** An attribute that is part of a key. */
    record Key(String name, ScalarAttributeType type) {}

    /** A partition key, and a sort key where there is one. */
    record Keys(Key partition, @Nullable Key sort) {

        List<Key> all() {
            Key last = sort;
            return last == null ? List.of(partition) : List.of(partition, last);
        }

        List<KeySchemaElement> schema() {
            List<KeySchemaElement> schema = new ArrayList<>();
            for (Key key : all()) {
                schema.add(KeySchemaElement.builder()
                        .attributeName(key.name())
                        .keyType(schema.isEmpty() ? KeyType.HASH : KeyType.RANGE)
                        .build());
            }
            return schema;
        }
    }

    /**
     * An index.
     *
     * @param projected attributes it holds beside its keys and the table's
     */
    record Index(String name, Keys key, List<String> projected) {

        Projection projection() {
            return projected.isEmpty()
                    ? Projection.builder()
                            .projectionType(ProjectionType.KEYS_ONLY)
                            .build()
                    : Projection.builder()
                            .projectionType(ProjectionType.INCLUDE)
                            .nonKeyAttributes(projected)
                            .build();
        }
    }

    String name(String prefix) {
        return prefix + suffix;
    }

    CreateTableRequest creation(String prefix) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(name(prefix))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes())
                .keySchema(key.schema());
        if (!indexes.isEmpty()) {
            request.globalSecondaryIndexes(indexes.stream()
                    .map(index -> GlobalSecondaryIndex.builder()
                            .indexName(index.name())
                            .keySchema(index.key().schema())
                            .projection(index.projection())
                            .build())
                    .toList());
        }
        return request.build();
    }

    /** Those of all keys, each once. */
    private Collection<AttributeDefinition> attributes() {
        Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
        List<Keys> keys = new ArrayList<>(List.of(key));
        indexes.forEach(index -> keys.add(index.key()));
        keys.forEach(each -> each.all()
                .forEach(attribute -> attributes.put(
                        attribute.name(),
                        AttributeDefinition.builder()
                                .attributeName(attribute.name())
                                .attributeType(attribute.type())
                                .build())));
        return attributes.values();
    }

    /** What the table that is there lacks; empty when it can be used. */
    List<String> lacks(TableDescription there) {
        List<String> lacks = new ArrayList<>();
        if (!"ACTIVE".equals(there.tableStatusAsString()) && !"UPDATING".equals(there.tableStatusAsString())) {
            lacks.add("table " + there.tableName() + " is not active yet");
        }
        if (!there.keySchema().equals(key.schema())) {
            lacks.add("table " + there.tableName() + " has other keys");
        }
        if (hasOtherTypes(there)) {
            lacks.add("table " + there.tableName() + " has keys of other types");
        }
        for (Index index : indexes) {
            boolean found = there.globalSecondaryIndexes().stream().anyMatch(other -> serves(index, other));
            if (!found) {
                lacks.add("table " + there.tableName() + " has no usable index " + index.name());
            }
        }
        return lacks;
    }

    /** Names alone do not tell: an append would be refused, and the look at start is there to say so before. */
    private boolean hasOtherTypes(TableDescription there) {
        return attributes().stream()
                .anyMatch(own -> there.attributeDefinitions().stream()
                        .anyMatch(other -> other.attributeName().equals(own.attributeName()) && !other.equals(own)));
    }

    private static boolean serves(Index index, GlobalSecondaryIndexDescription other) {
        Projection projection = other.projection();
        boolean holds = projection != null
                && (projection.projectionType() == ProjectionType.ALL
                        || projection.nonKeyAttributes().containsAll(index.projected()));
        return index.name().equals(other.indexName())
                && other.keySchema().equals(index.key().schema())
                && holds
                && !"CREATING".equals(other.indexStatusAsString());
    }
}
