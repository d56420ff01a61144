package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.StoredEvent;
import io.clawsec.testkit.AuditSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** What pages cost, and what becomes of searches that take too long. */
@Execution(ExecutionMode.CONCURRENT)
class AuditPagesTest {

    private static final Predicate<SdkRequest> QUERIES = QueryRequest.class::isInstance;

    /** Calls for the marks of periods, one for each key that they are spread over. */
    private static final int MARKS = AuditKeys.PERIOD_SHARDS;

    private final Faults calls = new Faults();
    private final FakePauses clock = new FakePauses();
    private final AuditSamples samples = new AuditSamples(12);
    private Stores stores;
    private AuditRepository audit;

    @BeforeEach
    void open() {
        stores = new Stores();
        audit = stores.another(clock, UUID::randomUUID, calls).audit();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private static AuditQuery ofUser(int limit, @Nullable String cursor, @Nullable String userId) {
        return new AuditQuery(limit, cursor, null, userId, null, null, null, null);
    }

    @Test
    void empty_months_cost_nothing() {
        List<AuditEvent> events = IntStream.range(0, 20)
                .mapToObj(i -> samples.eventAt(AuditSamples.START.plus(Duration.ofDays(91L * i))))
                .toList();
        events.forEach(event -> audit.append(List.of(event)));
        long before = calls.count(QUERIES);
        AuditPage page = audit.find(AuditQuery.newest(100));
        assertThat(page.events()).hasSize(20);
        assertThat(page.nextCursor()).isNull();
        assertThat(calls.count(QUERIES) - before).isEqualTo(MARKS + 20);
    }

    @Test
    void a_page_asks_only_the_shards_that_were_written_to() {
        for (int i = 0; i < 6; i++) {
            audit.append(samples.events(32)); // three runs of a chain
        }
        long before = calls.count(QUERIES);
        assertThat(audit.find(AuditQuery.newest(10)).events()).hasSize(10);
        // Newest first, the last shard gives more than was asked of it at first.
        assertThat(calls.count(QUERIES) - before).isBetween(MARKS + 3L, MARKS + 5L);
    }

    @Test
    void nothing_is_ever_scanned() {
        audit.append(samples.events(32));
        AuditEvent one = samples.event();
        audit.append(List.of(one));
        for (int chosen = 0; chosen < 16; chosen++) {
            audit.find(new AuditQuery(
                    5,
                    null,
                    (chosen & 1) == 0 ? null : one.type(),
                    (chosen & 2) == 0 ? null : "ada",
                    (chosen & 4) == 0 ? null : one.outcome(),
                    (chosen & 8) == 0 ? null : one.requestId(),
                    null,
                    null));
        }
        AuditVerifier.verify(audit);
        assertThat(calls.count(ScanRequest.class::isInstance)).isZero();
    }

    @Test
    void an_append_asks_for_a_mark_once_for_each_run_and_not_for_each_event() {
        audit.append(List.of(samples.event()));
        long before = calls.count(Faults.EVERYTHING);
        for (int i = 0; i < 10; i++) {
            audit.append(List.of(samples.eventAt(AuditSamples.START)));
        }
        assertThat(calls.count(Faults.EVERYTHING) - before).isEqualTo(10);
    }

    @Test
    void a_search_that_takes_too_long_ends_its_page_early_and_goes_on_behind_it() {
        List<AuditEvent> events = IntStream.range(0, 6)
                .mapToObj(i -> samples.eventAt(AuditSamples.START.plus(Duration.ofDays(31L * i))))
                .toList();
        events.forEach(event -> audit.append(List.of(event)));
        calls.onEachCall(() -> clock.advance(AuditPages.MOST_LOOKING.dividedBy(6)));
        List<AuditEvent> found = new ArrayList<>();
        int pages = 0;
        String cursor = null;
        do {
            AuditPage page = audit.find(ofUser(100, cursor, null));
            assertThat(page.events()).isNotEmpty();
            page.events().stream().map(StoredEvent::event).forEach(found::add);
            cursor = page.nextCursor();
            pages++;
        } while (cursor != null);
        assertThat(pages).isGreaterThan(1);
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void a_search_that_finds_nothing_for_too_long_says_so_instead_of_showing_an_empty_page() {
        for (int i = 0; i < 6; i++) {
            audit.append(List.of(samples.eventAt(AuditSamples.START.plus(Duration.ofDays(31L * i)))));
        }
        calls.onEachCall(() -> clock.advance(AuditPages.MOST_LOOKING.dividedBy(6)));
        assertThatThrownBy(() -> audit.find(ofUser(10, null, "nobody")))
                .isInstanceOf(AuditUnavailableException.class)
                .hasMessageContaining("narrow from and to");
    }

    @Test
    void a_filter_that_leaves_one_of_very_many_finds_it() {
        AuditEvent needle = samples.eventAt(AuditSamples.START.minusSeconds(1));
        audit.append(List.of(needle));
        for (int i = 0; i < 40; i++) {
            audit.append(samples.events(32));
        }
        AuditQuery query =
                new AuditQuery(10, null, needle.type(), null, needle.outcome(), null, null, AuditSamples.START);
        AuditPage page = audit.find(query);
        assertThat(page.events()).extracting(StoredEvent::event).containsExactly(needle);
        assertThat(page.nextCursor()).isNull();
    }
}
