package io.clawsec.store.dynamodb;

import io.clawsec.testkit.CloudFormationYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Projection;

/**
 * A table of template.yaml, as CloudFormation would make it. A property that is not known here is an error, so that none
 * escapes the comparison with the code.
 *
 * @param creation what is asked of DynamoDB first, without what only the template says
 * @param expiry the attribute of its time to live; null where it has none
 * @param recovery whether point-in-time recovery is switched on
 * @param resource all that the template says of it
 */
record TemplateTable(
        CreateTableRequest creation, @Nullable String expiry, boolean recovery, Map<String, Object> resource) {

    /** The top of the clone; Surefire says where the module is. */
    static final Path TOP = Path.of(System.getProperty("basedir", "")).resolve("../..");

    /** What only the template says, since {@code ./clawsec migrate} leaves it to the operator. */
    private static final Set<String> OF_THE_TEMPLATE_ALONE = Set.of("DeletionProtectionEnabled", "SSESpecification");

    static Map<String, Object> template() {
        return CloudFormationYaml.load(TOP.resolve("template.yaml"));
    }

    /** The tables of a template, by their names. */
    static Map<String, TemplateTable> all(Map<String, Object> template, String prefix) {
        Map<String, TemplateTable> tables = new LinkedHashMap<>();
        for (Object each : new Properties(template).map("Resources").values()) {
            Map<String, Object> resource = Properties.cast(each);
            if ("AWS::DynamoDB::Table".equals(resource.get("Type"))) {
                TemplateTable table = of(resource, prefix);
                tables.put(table.creation.tableName(), table);
            }
        }
        return tables;
    }

    /** A text of the template with the values in it that CloudFormation would put there. */
    static String substitute(Map<String, Object> text, Map<String, String> values) {
        String filled = new Properties(text).text("Fn::Sub");
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    private static TemplateTable of(Map<String, Object> resource, String prefix) {
        Properties all = new Properties(new Properties(resource).map("Properties"));
        OF_THE_TEMPLATE_ALONE.forEach(all.left::remove);
        CreateTableRequest.Builder creation = CreateTableRequest.builder()
                .tableName(substitute(all.map("TableName"), Map.of("TablePrefix", prefix)))
                .billingMode((String) all.value("BillingMode"))
                .attributeDefinitions(all.each("AttributeDefinitions", TemplateTable::attribute))
                .keySchema(all.each("KeySchema", TemplateTable::key));
        if (all.has("GlobalSecondaryIndexes")) {
            creation.globalSecondaryIndexes(all.each("GlobalSecondaryIndexes", TemplateTable::index));
        }
        @Nullable String expiry = null;
        if (all.has("TimeToLiveSpecification")) {
            Properties time = new Properties(all.map("TimeToLiveSpecification"));
            String attribute = time.text("AttributeName");
            expiry = (boolean) time.value("Enabled") ? attribute : null;
            time.end();
        }
        boolean recovery = false;
        if (all.has("PointInTimeRecoverySpecification")) {
            Properties points = new Properties(all.map("PointInTimeRecoverySpecification"));
            recovery = (boolean) points.value("PointInTimeRecoveryEnabled");
            points.end();
        }
        all.end();
        return new TemplateTable(creation.build(), expiry, recovery, resource);
    }

    private static AttributeDefinition attribute(Properties properties) {
        return AttributeDefinition.builder()
                .attributeName(properties.text("AttributeName"))
                .attributeType(properties.text("AttributeType"))
                .build();
    }

    private static KeySchemaElement key(Properties properties) {
        return KeySchemaElement.builder()
                .attributeName(properties.text("AttributeName"))
                .keyType(properties.text("KeyType"))
                .build();
    }

    private static GlobalSecondaryIndex index(Properties properties) {
        Properties projection = new Properties(properties.map("Projection"));
        Projection.Builder projected = Projection.builder().projectionType(projection.text("ProjectionType"));
        if (projection.has("NonKeyAttributes")) {
            projected.nonKeyAttributes(projection.texts("NonKeyAttributes"));
        }
        projection.end();
        return GlobalSecondaryIndex.builder()
                .indexName(properties.text("IndexName"))
                .keySchema(properties.each("KeySchema", TemplateTable::key))
                .projection(projected.build())
                .build();
    }

    /** The keys of a map, each to be taken once. */
    private record Properties(Map<String, Object> left) {

        Properties {
            left = new LinkedHashMap<>(left);
        }

        @SuppressWarnings("unchecked")
        static Map<String, Object> cast(Object map) {
            return (Map<String, Object>) map;
        }

        boolean has(String key) {
            return left.containsKey(key);
        }

        Object value(String key) {
            @Nullable Object value = left.remove(key);
            if (value == null) {
                throw new AssertionError("template.yaml: no " + key + " beside " + left.keySet());
            }
            return value;
        }

        String text(String key) {
            return (String) value(key);
        }

        List<String> texts(String key) {
            return ((List<?>) value(key)).stream().map(String.class::cast).toList();
        }

        Map<String, Object> map(String key) {
            return cast(value(key));
        }

        <T> List<T> each(String key, Function<Properties, T> reader) {
            List<T> read = new ArrayList<>();
            for (Object element : (List<?>) value(key)) {
                Properties properties = new Properties(cast(element));
                read.add(reader.apply(properties));
                properties.end();
            }
            return read;
        }

        void end() {
            if (!left.isEmpty()) {
                throw new AssertionError("template.yaml: what the code has no word for: " + left);
            }
        }
    }
}
