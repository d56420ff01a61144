package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.Verification;
import io.clawsec.testkit.AuditRepositoryContract;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.ManyCallers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Execution(ExecutionMode.CONCURRENT)
class DynamoDbAuditRepositoryTest extends AuditRepositoryContract {

    private final Stores stores = new Stores();

    @AfterEach
    void close() {
        stores.close();
    }

    @Override
    protected AuditRepository repository() {
        return stores.mine().audit();
    }

    @Override
    protected AuditRepository otherProcess() {
        return stores.another().audit();
    }

    @Override
    protected void tamper(StoredRecord stored, @Nullable StoredRecord replacement) {
        stores.tamper(stored, replacement);
    }

    private void change(long sequence, String attribute, AttributeValue value) {
        List<StoredRecord> records = new ArrayList<>();
        repository().forEachRecord(records::add);
        Map<String, AttributeValue> key =
                AuditItem.key(records.get(0).writerId(), sequence).primaryKeyMap(AuditItem.SCHEMA);
        stores.raw()
                .updateItem(request -> request.tableName(stores.auditTable())
                        .key(key)
                        .updateExpression("SET #changed = :value")
                        .expressionAttributeNames(Map.of("#changed", attribute))
                        .expressionAttributeValues(Map.of(":value", value)));
    }

    private List<Verification.Kind> problems() {
        return AuditVerifier.verify(repository()).problems().stream()
                .map(Verification.Problem::kind)
                .toList();
    }

    @Test
    void a_record_that_cannot_be_read_makes_its_pages_unavailable_and_is_named_by_the_verifier() {
        repository().append(new AuditSamples(1).events(3));
        change(1, AuditItem.RECORD, AttributeValue.fromB(SdkBytes.fromUtf8String("{}")));
        assertThatThrownBy(() -> repository().find(AuditQuery.newest(3))).isInstanceOf(AuditUnavailableException.class);
        assertThat(problems()).containsExactly(Verification.Kind.BYTES_CHANGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"time_key", "type_key", "user_key", "outcome_key", "request_key", "user_digest", "event_id"})
    void an_event_that_was_taken_out_of_an_index_is_found_by_the_verifier(String attribute) {
        repository().append(userEvents(3));
        change(1, attribute, AttributeValue.fromS("elsewhere"));
        assertThat(problems()).containsExactly(Verification.Kind.INDEX_CHANGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"record", "hash", "event_id", "request_id", "event_type", "outcome", "user_id", "user_digest"})
    void an_attribute_of_another_type_is_found_by_the_verifier_and_stops_nobody(String attribute) {
        repository().append(userEvents(3));
        change(1, attribute, AttributeValue.fromBool(true));
        List<StoredRecord> records = new ArrayList<>();
        repository().forEachRecord(records::add);
        assertThat(records).hasSize(3);
        assertThat(problems()).isNotEmpty();
    }

    private static List<AuditEvent> userEvents(int count) {
        AuditSamples samples = new AuditSamples(5);
        return Stream.generate(samples::event)
                .filter(event -> event.userId() != null)
                .limit(count)
                .toList();
    }

    @Test
    void a_run_of_records_that_was_removed_is_a_hole_and_what_follows_is_read_on() {
        AuditSamples samples = new AuditSamples(9);
        for (int i = 0; i < 5; i++) {
            repository().append(samples.events(32));
        }
        List<StoredRecord> records = new ArrayList<>();
        repository().forEachRecord(records::add);
        records.subList(AuditKeys.RUN, 2 * AuditKeys.RUN).forEach(record -> tamper(record, null));
        Verification verification = AuditVerifier.verify(repository());
        assertThat(verification.events()).isEqualTo(160 - AuditKeys.RUN);
        assertThat(verification.problems())
                .containsExactly(
                        new Verification.Problem(records.get(0).writerId(), AuditKeys.RUN, Verification.Kind.HOLE));
    }

    @Test
    void what_callers_append_at_the_same_time_rides_in_few_transactions() {
        Faults calls = new Faults();
        AuditRepository mine = stores.another(calls).audit();
        ManyCallers.run(64, caller -> {
            AuditSamples samples = new AuditSamples(caller);
            for (int i = 0; i < 4; i++) {
                mine.append(List.of(samples.event()));
            }
            return caller;
        });
        assertThat(calls.count(Faults.TRANSACTIONS)).isLessThan(128);
    }

    @Test
    void appends_of_the_most_and_the_longest_events_fit_into_transactions() {
        ManyCallers.run(3, caller -> {
            List<AuditEvent> events = new AuditSamples(caller)
                    .events(AuditRepository.MOST_AT_ONCE).stream()
                            .map(DynamoDbAuditRepositoryTest::lengthened)
                            .toList();
            repository().append(events);
            return caller;
        });
        assertThat(AuditVerifier.verify(repository()))
                .isEqualTo(new Verification(3L * AuditRepository.MOST_AT_ONCE, 1, List.of()));
    }

    private static AuditEvent lengthened(AuditEvent event) {
        return new AuditEvent(
                event.id(),
                event.timestamp(),
                event.type(),
                "u".repeat(30_000),
                event.role(),
                event.action(),
                event.resource(),
                event.outcome(),
                event.policyViolations(),
                Map.of("long", "y".repeat(AuditRecord.MOST_BYTES - 32_000)),
                event.ipAddress(),
                event.requestId());
    }
}
