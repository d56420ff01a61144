package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.Verification;
import io.clawsec.settings.SettingsSection;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.usage.RateLimit;
import io.clawsec.usage.Reservation;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** How the store reads: what was written last, and to its end. */
@Timeout(120) // who begins anew each time never ends
@Execution(ExecutionMode.CONCURRENT)
class ReadsTest {

    private static final Instant HOUR = Instant.parse("2026-11-22T10:00:00Z");

    private static final RateLimit PER_HOUR = new RateLimit(5, Duration.ofHours(1));

    private final AuditSamples samples = new AuditSamples(31);
    private final Stores stores = new Stores();

    @AfterEach
    void close() {
        stores.close();
    }

    private static Reservation reservation(int request) {
        return new Reservation(new UUID(1, request), "ada", "ada", "agent", "/query", HOUR);
    }

    /** Wherever the service offers it: everywhere but in indexes. */
    @Test
    void what_is_read_is_what_was_written_last() {
        stores.mine().audit().append(samples.events(3));
        String longer = "\"" + "x".repeat(2 * SettingsItem.PART_CHARACTERS) + "\"";
        stores.mine().settings().save(SettingsSection.LLM, longer, 0, samples.event());
        Faults calls = new Faults();
        DynamoDbStore reader = stores.another(calls);
        reader.audit().find(AuditQuery.newest(10));
        AuditVerifier.verify(reader.audit());
        reader.settings().read();
        reader.usage().reserve(reservation(1), List.of(PER_HOUR));
        reader.usage().unsettledBefore(Instant.MAX, 10);
        List<Boolean> consistent = calls.calls().stream()
                .flatMap(call -> consistent(call).stream())
                .toList();
        assertThat(consistent).hasSizeGreaterThan(AuditKeys.CHAIN_SHARDS).containsOnly(true);
    }

    /** Of a read, whether it is consistent; of reads of indexes, which cannot be, and of other calls nothing. */
    private static List<Boolean> consistent(SdkRequest call) {
        if (call instanceof GetItemRequest get) {
            return List.of(Boolean.TRUE.equals(get.consistentRead()));
        }
        if (call instanceof BatchGetItemRequest batch) {
            return batch.requestItems().values().stream()
                    .map(asked -> Boolean.TRUE.equals(asked.consistentRead()))
                    .toList();
        }
        return call instanceof QueryRequest query && query.indexName() == null
                ? List.of(Boolean.TRUE.equals(query.consistentRead()))
                : List.of();
    }

    @Test
    void a_page_of_more_records_than_one_call_gives_has_them_all() {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            List<AuditEvent> some = samples.events(32);
            stores.mine().audit().append(some);
            events.addAll(some);
        }
        assertThat(events).hasSizeGreaterThan(2 * RetriedCalls.MOST_ITEMS);
        assertThat(stores.mine().audit().find(AuditQuery.newest(1_000)).events())
                .extracting(StoredEvent::event)
                .containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void what_comes_in_parts_is_read_to_its_end() {
        List<AuditEvent> events = samples.events(20);
        stores.mine().audit().append(events);
        for (int request = 0; request < 130; request++) { // two or three in each shard
            stores.mine().usage().reserve(reservation(request), List.of());
        }
        Faults calls = new Faults();
        DynamoDbStore reader = stores.another(calls);
        calls.giveHalves();
        assertThat(reader.audit().find(AuditQuery.newest(20)).events())
                .extracting(StoredEvent::event)
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(AuditVerifier.verify(reader.audit())).isEqualTo(new Verification(20, 1, List.of()));
        assertThat(reader.usage().unsettledBefore(Instant.MAX, 1_000))
                .hasSize(130)
                .doesNotHaveDuplicates();
    }

    /** The list of runs comes in parts, and one may end behind the last run of a chain to which somebody appends. */
    @Test
    void a_chain_that_grows_into_its_next_run_while_all_are_read_has_no_hole() {
        long any = new SecureRandom().nextLong() & -64; // an engine that saw this test before remembers its tokens
        UUID first = new UUID(any, any + 1);
        UUID second = new UUID(any, any + 1 + AuditKeys.CHAIN_SHARDS);
        assertThat(AuditKeys.chainShard(first)).isEqualTo(AuditKeys.chainShard(second));
        DynamoDbStore growing = stores.another(new FakePauses(), () -> first);
        growing.audit().append(samples.events(3));
        stores.another(new FakePauses(), () -> second).audit().append(samples.events(1));
        Faults calls = new Faults();
        DynamoDbStore reader = stores.another(calls);
        calls.giveHalves();
        AuditVerifier verifier = new AuditVerifier();
        reader.audit().forEachRecord(record -> {
            verifier.accept(record);
            if (record.writerId().equals(first) && record.sequence() == 2) {
                growing.audit().append(samples.events(32));
                growing.audit().append(samples.events(32));
            }
        });
        assertThat(verifier.verification().problems()).isEmpty();
    }
}
