package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.DuplicateEventException;
import io.clawsec.audit.StoredEvent;
import io.clawsec.audit.StoredRecord;
import io.clawsec.audit.Verification;
import io.clawsec.audit.Verification.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of audit events must keep. What it must find again is {@link AuditQueryContract}. */
public abstract class AuditRepositoryContract {

    private static final int CALLERS = 64;

    private final AuditSamples samples = new AuditSamples(20261122);

    /** The repository of a store that was empty when the test began; the same one each time within a test. */
    protected abstract AuditRepository repository();

    /** A repository on the same store, as another process would open it. */
    protected abstract AuditRepository otherProcess();

    /** Changes the store behind the repository's back: puts another record into this one's row, or removes the row. */
    protected abstract void tamper(StoredRecord stored, @Nullable StoredRecord replacement);

    private List<StoredRecord> records() {
        List<StoredRecord> records = new ArrayList<>();
        repository().forEachRecord(records::add);
        return records;
    }

    private List<StoredEvent> all() {
        return repository().find(AuditQuery.newest(AuditQuery.MOST)).events();
    }

    @Test
    void what_was_appended_reads_back_equal() {
        List<AuditEvent> events = samples.events(50);
        events.forEach(event -> repository().append(List.of(event)));
        assertThat(all()).extracting(StoredEvent::event).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void events_of_one_append_are_next_to_each_other_in_their_order() {
        ManyCallers.run(8, caller -> {
            List<AuditEvent> events = new AuditSamples(caller).events(3);
            repository().append(events);
            return events;
        });
        List<StoredRecord> records = records();
        assertThat(records).hasSize(24);
        for (int caller = 0; caller < 8; caller++) {
            List<AuditEvent> events = new AuditSamples(caller).events(3);
            List<Long> places = events.stream()
                    .map(event -> records.stream()
                            .filter(record -> record.indexed().id().equals(event.id()))
                            .findFirst()
                            .orElseThrow()
                            .sequence())
                    .toList();
            assertThat(places).containsExactly(places.get(0), places.get(0) + 1, places.get(0) + 2);
        }
    }

    @Test
    void an_event_shows_its_place_in_the_chain() throws Exception {
        repository().append(samples.events(3));
        for (StoredRecord record : records()) {
            AuditRecord read = AuditRecord.parse(record.bytes());
            assertThat(all()).contains(read.filedUnder(record.hash()));
            assertThat(record.indexed()).isEqualTo(AuditRecord.indexed(read.event()));
        }
    }

    /** Stores read so many at a time; where that goes into the number of records, the last read finds none. */
    @Test
    void every_record_is_handed_over_once_whatever_their_number() {
        for (int stored = 25; stored <= 400; stored += 25) {
            repository().append(samples.events(25));
            Set<UUID> ids = new HashSet<>();
            repository()
                    .forEachRecord(record -> assertThat(ids.add(record.indexed().id()))
                            .as("seen for the first time, of %d", ids.size())
                            .isTrue());
            assertThat(ids).hasSize(stored);
        }
    }

    @Test
    void no_events_are_no_append() {
        repository().append(List.of());
        assertThat(records()).isEmpty();
    }

    @Test
    void a_duplicate_is_refused_and_the_first_stands() {
        List<AuditEvent> events = samples.events(2);
        repository().append(List.of(events.get(0)));
        assertThatThrownBy(() -> repository().append(List.of(events.get(0))))
                .isInstanceOf(DuplicateEventException.class);
        repository().append(List.of(events.get(1)));
        assertThat(records()).hasSize(2);
        assertVerifies(2, 1);
    }

    @Test
    void of_an_append_with_a_duplicate_nothing_is_kept() {
        List<AuditEvent> events = samples.events(4);
        repository().append(List.of(events.get(0)));
        assertThatThrownBy(() -> repository().append(List.of(events.get(1), events.get(0), events.get(2))))
                .isInstanceOf(DuplicateEventException.class);
        assertThatThrownBy(() -> repository().append(List.of(events.get(3), events.get(3))))
                .isInstanceOf(DuplicateEventException.class);
        repository().append(events.subList(1, 4));
        assertVerifies(4, 1);
    }

    @Test
    void an_event_without_a_stored_form_is_refused_with_its_append_alone() {
        AuditEvent good = samples.event();
        AuditEvent long_ = withMetadata(Map.of("long", "x".repeat(AuditRecord.MOST_BYTES)));
        assertThatThrownBy(() -> repository().append(List.of(good, long_)))
                .isInstanceOf(IllegalArgumentException.class);
        repository().append(List.of(good));
        assertVerifies(1, 1);
    }

    @Test
    void more_events_than_an_append_may_have_are_refused() {
        assertThatThrownBy(() -> repository().append(samples.events(AuditRepository.MOST_AT_ONCE + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        repository().append(samples.events(AuditRepository.MOST_AT_ONCE));
        assertVerifies(AuditRepository.MOST_AT_ONCE, 1);
    }

    @Test
    void a_record_of_the_longest_length_is_kept() {
        int frame =
                new AuditRecord(withMetadata(Map.of("long", "")), samples.uuid(), 0, "0".repeat(64)).toBytes().length;
        AuditEvent longest = withMetadata(Map.of("long", "y".repeat(AuditRecord.MOST_BYTES - frame)));
        repository().append(List.of(longest));
        assertThat(all()).extracting(StoredEvent::event).containsExactly(longest);
    }

    private AuditEvent withMetadata(Map<String, Object> metadata) {
        AuditEvent event = new AuditSamples(1).event();
        return new AuditEvent(
                event.id(),
                event.timestamp(),
                event.type(),
                event.userId(),
                event.role(),
                event.action(),
                event.resource(),
                event.outcome(),
                event.policyViolations(),
                metadata,
                event.ipAddress(),
                event.requestId());
    }

    @Test
    void many_callers_lose_nothing_and_make_one_chain() {
        List<List<AuditEvent>> appended = ManyCallers.run(CALLERS, caller -> {
            List<AuditEvent> events = new AuditSamples(1000 + caller).events(8);
            events.forEach(event -> repository().append(List.of(event)));
            return events;
        });
        Set<AuditEvent> expected = new HashSet<>();
        appended.forEach(expected::addAll);
        assertThat(all().stream().map(StoredEvent::event)).containsExactlyInAnyOrderElementsOf(expected);
        assertVerifies(CALLERS * 8L, 1);
    }

    @Test
    void of_many_callers_with_one_event_a_single_one_appends_it() {
        AuditEvent event = samples.event();
        List<Boolean> appended = ManyCallers.run(CALLERS, caller -> {
            try {
                repository().append(List.of(event));
                return true;
            } catch (DuplicateEventException e) {
                return false;
            }
        });
        assertThat(appended).containsOnlyOnce(true);
        assertVerifies(1, 1);
    }

    @Test
    void each_process_writes_a_chain_of_its_own_and_both_read_all() {
        AuditRepository other = otherProcess();
        ManyCallers.run(8, caller -> {
            AuditRepository mine = caller % 2 == 0 ? repository() : other;
            new AuditSamples(caller).events(10).forEach(event -> mine.append(List.of(event)));
            return caller;
        });
        assertVerifies(80, 2);
        assertThat(other.find(AuditQuery.newest(AuditQuery.MOST)))
                .isEqualTo(repository().find(AuditQuery.newest(AuditQuery.MOST)));
        AuditEvent event = samples.event();
        repository().append(List.of(event));
        assertThatThrownBy(() -> other.append(List.of(event))).isInstanceOf(DuplicateEventException.class);
    }

    @Test
    void a_probe_leaves_no_event() {
        assertThatCode(() -> repository().probe()).doesNotThrowAnyException();
        assertThat(records()).isEmpty();
    }

    @Test
    void more_records_than_a_page_are_handed_over_in_order() {
        for (int i = 0; i < 40; i++) {
            repository().append(samples.events(AuditRepository.MOST_AT_ONCE));
        }
        assertVerifies(40L * AuditRepository.MOST_AT_ONCE, 1);
        assertThat(records())
                .hasSize(40 * AuditRepository.MOST_AT_ONCE)
                .isSortedAccordingTo((a, b) -> Long.compare(a.sequence(), b.sequence()));
    }

    private void assertVerifies(long events, long writers) {
        assertThat(AuditVerifier.verify(repository())).isEqualTo(new Verification(events, writers, List.of()));
    }

    @ParameterizedTest
    @EnumSource(AuditTampering.class)
    void tampering_is_found_and_named(AuditTampering tampering) {
        repository().append(samples.events(8));
        StoredRecord victim = records().get(3);
        tamper(victim, tampering.of(victim));
        assertThat(AuditVerifier.verify(repository()).problems())
                .contains(new Problem(victim.writerId(), 3, tampering.found()))
                .allSatisfy(problem -> assertThat(problem.sequence()).isBetween(3L, 4L));
    }
}
