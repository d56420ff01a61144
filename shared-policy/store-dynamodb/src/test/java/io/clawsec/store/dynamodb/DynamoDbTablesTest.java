package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.store.Store;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class DynamoDbTablesTest {

    private Stores stores;

    @BeforeEach
    void open() {
        stores = new Stores();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private String name(TableDefinition table) {
        return table.name(stores.url().prefix());
    }

    /** The URL as an operator writes it. */
    private String databaseUrl() {
        return "dynamodb://" + stores.url().prefix() + "?region="
                + stores.url().region().orElseThrow() + "&endpoint="
                + stores.url().endpoint().orElseThrow();
    }

    @Test
    void tables_that_are_there_are_left_as_they_are() {
        DynamoDbTables.Result again = DynamoDbTables.create(stores.url());
        assertThat(again.made()).isEmpty();
        assertThat(again.there())
                .containsExactly(name(DynamoDbTables.AUDIT), name(DynamoDbTables.USAGE), name(DynamoDbTables.SETTINGS));
        assertThat(DynamoDbTables.problems(stores.raw(), stores.url().prefix())).isEmpty();
    }

    @Test
    void a_store_opens_by_its_url() {
        try (Store store = new DynamoDbStoreProvider().open(databaseUrl(), Path.of("/"))) {
            assertThatCode(() -> store.audit().probe()).doesNotThrowAnyException();
            assertThat(store.audit().system()).isEqualTo("aws.dynamodb");
        }
    }

    @Test
    void a_store_does_not_make_what_is_missing_and_says_what_to_run() {
        String missing = name(DynamoDbTables.USAGE);
        stores.raw().deleteTable(request -> request.tableName(missing));
        assertThatThrownBy(() -> new DynamoDbStoreProvider().open(databaseUrl(), Path.of("/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot be used")
                .hasMessageContaining(missing + " does not exist")
                .hasMessageContaining("./clawsec migrate");
        assertThat(DynamoDbTables.create(stores.url()).made()).containsExactly(missing);
        stores.another();
    }

    @Test
    void a_table_without_an_index_or_with_other_keys_is_named() {
        stores.raw().deleteTable(request -> request.tableName(stores.auditTable()));
        stores.raw()
                .createTable(DynamoDbTables.SETTINGS.creation(stores.url().prefix()).toBuilder()
                        .tableName(stores.auditTable())
                        .build());
        assertThat(DynamoDbTables.problems(stores.raw(), stores.url().prefix()))
                .anyMatch(problem -> problem.contains("other keys"))
                .anyMatch(problem -> problem.contains("no usable index by_user"));
        assertThatThrownBy(() -> DynamoDbTables.create(stores.url()))
                .isInstanceOf(UnusableTablesException.class)
                .hasMessageContaining(stores.auditTable());
    }

    @Test
    void a_table_with_keys_of_another_type_is_named() {
        CreateTableRequest sound = DynamoDbTables.AUDIT.creation(stores.url().prefix());
        stores.raw().deleteTable(request -> request.tableName(stores.auditTable()));
        stores.raw()
                .createTable(sound.toBuilder()
                        .attributeDefinitions(sound.attributeDefinitions().stream()
                                .map(attribute -> attribute.toBuilder()
                                        .attributeType(ScalarAttributeType.S)
                                        .build())
                                .toList())
                        .build());
        assertThat(DynamoDbTables.problems(stores.raw(), stores.url().prefix()))
                .containsExactly("table " + stores.auditTable() + " has keys of other types");
    }

    @Test
    void counters_expire_and_records_of_the_audit_never_do() {
        assertThat(timeToLive(DynamoDbTables.USAGE)).isNotEqualTo(TimeToLiveStatus.DISABLED);
        assertThat(timeToLive(DynamoDbTables.AUDIT)).isEqualTo(TimeToLiveStatus.DISABLED);
        assertThat(timeToLive(DynamoDbTables.SETTINGS)).isEqualTo(TimeToLiveStatus.DISABLED);
    }

    private TimeToLiveStatus timeToLive(TableDefinition table) {
        return Objects.requireNonNull(stores.raw()
                .describeTimeToLive(request -> request.tableName(name(table)))
                .timeToLiveDescription()
                .timeToLiveStatus());
    }

    @Test
    void tables_are_billed_by_request() {
        for (TableDefinition table : DynamoDbTables.ALL) {
            assertThat(stores.raw()
                            .describeTable(request -> request.tableName(name(table)))
                            .table()
                            .billingModeSummary()
                            .billingMode())
                    .isEqualTo(BillingMode.PAY_PER_REQUEST);
        }
    }

    @Test
    void a_service_that_nobody_answers_for_is_said_to_be_so() {
        String url = "dynamodb://clawsec?region=eu-central-1&endpoint=http://127.0.0.1:1";
        assertThatThrownBy(() -> new DynamoDbStoreProvider().open(url, Path.of("/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody answers");
    }
}
