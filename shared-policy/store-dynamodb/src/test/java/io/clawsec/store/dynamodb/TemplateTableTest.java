package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.StoredEvent;
import io.clawsec.store.Store;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/** The tables that template.yaml makes are those of {@link DynamoDbTables}, each to the last attribute. */
class TemplateTableTest {

    private static final String PREFIX = "p";
    private static final Map<String, Object> TEMPLATE = TemplateTable.template();
    private static final Map<String, TemplateTable> TABLES = TemplateTable.all(TEMPLATE, PREFIX);

    @Test
    void the_template_has_the_tables_of_the_code_and_no_other() {
        assertThat(TABLES.keySet())
                .containsExactlyInAnyOrderElementsOf(DynamoDbTables.ALL.stream()
                        .map(table -> table.name(PREFIX))
                        .toList());
    }

    static Stream<Named<TableDefinition>> definitions() {
        return DynamoDbTables.ALL.stream().map(table -> Named.of(table.suffix(), table));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void a_table_of_the_template_is_the_one_of_the_code(TableDefinition definition) {
        TemplateTable table = Objects.requireNonNull(TABLES.get(definition.name(PREFIX)), "not in template.yaml");
        CreateTableRequest code = definition.creation(PREFIX);
        CreateTableRequest template = table.creation();
        assertThat(template.attributeDefinitions())
                .as("attributes of keys")
                .containsExactlyInAnyOrderElementsOf(code.attributeDefinitions());
        assertThat(template.keySchema()).as("keys").isEqualTo(code.keySchema());
        assertThat(template.globalSecondaryIndexes())
                .as("indexes, with their keys and what they hold")
                .containsExactlyInAnyOrderElementsOf(code.globalSecondaryIndexes());
        assertThat(withoutLists(template)).as("all else").isEqualTo(withoutLists(code));
        assertThat(table.expiry()).as("time to live").isEqualTo(definition.expiry());
        assertThat(table.recovery()).as("recovery").isEqualTo(definition.recovery());
    }

    /** DynamoDB does not care about their order. */
    private static CreateTableRequest withoutLists(CreateTableRequest request) {
        return request.toBuilder()
                .attributeDefinitions(List.of())
                .globalSecondaryIndexes(List.of())
                .build();
    }

    @Test
    void no_table_goes_with_its_stack() {
        assertThat(TABLES.values()).isNotEmpty().allSatisfy(table -> {
            assertThat(table.resource())
                    .containsEntry("DeletionPolicy", "Retain")
                    .containsEntry("UpdateReplacePolicy", "Retain");
            assertThat(at(table.resource(), "Properties")).containsEntry("DeletionProtectionEnabled", true);
        });
    }

    @Test
    void every_table_is_encrypted_by_the_key_that_is_named() {
        List<Object> key = List.of(
                "HasTableKey",
                Map.of("SSEEnabled", true, "SSEType", "KMS", "KMSMasterKeyId", Map.of("Ref", "TableKeyArn")),
                Map.of("Ref", "AWS::NoValue"));
        assertThat(TABLES.values())
                .isNotEmpty()
                .allSatisfy(table -> assertThat(at(table.resource(), "Properties"))
                        .containsEntry("SSESpecification", Map.of("Fn::If", key)));
    }

    @Test
    void prefix_and_url_are_what_the_code_reads() {
        Map<String, Object> prefix = at(at(TEMPLATE, "Parameters"), "TablePrefix");
        assertThat(prefix.get("AllowedPattern")).isEqualTo("^" + DynamoDbUrl.PREFIX + "$");
        String chosen = String.valueOf(prefix.get("Default"));
        String url = TemplateTable.substitute(
                at(at(at(TEMPLATE, "Outputs"), "DatabaseUrl"), "Value"),
                Map.of("TablePrefix", chosen, "AWS::Region", "eu-central-1"));
        assertThat(DynamoDbUrl.parse(url))
                .isEqualTo(new DynamoDbUrl(chosen, Optional.of("eu-central-1"), Optional.empty()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> tree, String key) {
        return (Map<String, Object>) Objects.requireNonNull(tree.get(key), key);
    }

    @Test
    void the_script_for_localstack_looks_for_the_same_tables() throws IOException {
        List<String> lines = Files.readAllLines(TemplateTable.TOP.resolve("localstack/deploy-template.sh"));
        assertThat(lines.stream().filter(line -> line.startsWith("table ")))
                .containsExactlyElementsOf(DynamoDbTables.ALL.stream()
                        .map(TemplateTableTest::lineOfScript)
                        .toList());
    }

    private static String lineOfScript(TableDefinition table) {
        return "table %s \"%s\" \"%s\" \"%s\""
                .formatted(
                        table.suffix(),
                        table.key().all().stream()
                                .map(TableDefinition.Key::name)
                                .collect(Collectors.joining(" ")),
                        table.indexes().stream()
                                .map(TableDefinition.Index::name)
                                .sorted()
                                .collect(Collectors.joining(" ")),
                        Objects.requireNonNullElse(table.expiry(), ""));
    }

    @Test
    void a_store_opens_on_the_tables_of_the_template_and_works_with_each_table_and_index() {
        DynamoDbUrl url = DynamoDbServer.url("test-" + UUID.randomUUID());
        Map<String, TemplateTable> tables = TemplateTable.all(TEMPLATE, url.prefix());
        List<String> made = new ArrayList<>();
        try (DynamoDbClient client = DynamoDbClients.open(url)) {
            try {
                tables.forEach((name, table) -> {
                    make(client, table);
                    made.add(name);
                });
                try (Store store = DynamoDbStore.open(DynamoDbClients.open(url), url.prefix(), Stores.patientParts())) {
                    keepAndFind(store);
                }
                assertThat(DynamoDbTables.create(url)).isEqualTo(new DynamoDbTables.Result(List.of(), made));
            } finally {
                made.forEach(name -> client.deleteTable(request -> request.tableName(name)));
            }
        }
    }

    private static void make(DynamoDbClient client, TemplateTable table) {
        String name = table.creation().tableName();
        client.createTable(table.creation());
        client.waiter().waitUntilTableExists(request -> request.tableName(name));
        @Nullable String expiry = table.expiry();
        if (expiry != null) {
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(time -> time.attributeName(expiry).enabled(true)));
        }
    }

    private static void keepAndFind(Store store) {
        AuditEvent event = anEventOfAUser();
        store.audit().append(List.of(event));
        assertThat(queries(event))
                .allSatisfy(query -> assertThat(store.audit().find(query).events())
                        .extracting(StoredEvent::event)
                        .containsExactly(event));
        Reservation reservation =
                new Reservation(event.requestId(), "ada", "ada", "agent", "/query", AuditSamples.START);
        store.usage().reserve(reservation, List.of(new RateLimit(1, Duration.ofMinutes(1))));
        assertThat(store.usage().unsettledBefore(AuditSamples.START.plusSeconds(1), 10))
                .containsExactly(reservation);
        assertThat(store.settings().read().version()).isZero();
    }

    private static AuditEvent anEventOfAUser() {
        AuditSamples samples = new AuditSamples(20);
        return Stream.generate(samples::event)
                .limit(100)
                .filter(event -> event.userId() != null)
                .findFirst()
                .orElseThrow();
    }

    /** One for each index, and each with the filters that its entries hold. */
    private static Stream<AuditQuery> queries(AuditEvent event) {
        return Stream.of(
                AuditQuery.newest(1),
                new AuditQuery(1, null, event.type(), null, event.outcome(), null, null, null),
                new AuditQuery(1, null, null, event.userId(), null, null, null, null),
                new AuditQuery(1, null, null, null, event.outcome(), null, null, null),
                new AuditQuery(1, null, event.type(), event.userId(), event.outcome(), event.requestId(), null, null));
    }
}
