package io.clawsec.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.StoredRecord;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.usage.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Requests whose process died are concluded by those that come after. */
class AbandonedTest {

    private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration AGE = TIMEOUT.plus(Duration.ofSeconds(60));
    private static final UUID REQUEST = new UUID(0, 7);

    private final FixedClock clock = new FixedClock(MADE);
    private final InMemoryAudit audit = new InMemoryAudit();
    private final RecordingLedger ledger = new RecordingLedger(new ArrayList<>());
    private final Abandoned abandoned = new Abandoned(ledger, audit, () -> TIMEOUT, clock);

    private static Reservation reservation(UUID request) {
        return new Reservation(request, "7:clawsecalice", "alice", "agent", "/query", MADE);
    }

    private void passes(Duration duration) {
        clock.set(MADE.plus(duration));
    }

    @Test
    void a_request_older_than_its_model_may_take_and_a_minute_becomes_an_error_event() {
        ledger.keep(reservation(REQUEST));
        passes(AGE.plusMillis(1));
        abandoned.sweep();
        AuditEvent event = audit.only();
        assertThat(event.type()).isEqualTo(EventType.LLM_ERROR);
        assertThat(event.outcome()).isEqualTo(EventOutcome.ERROR);
        assertThat(event.requestId()).isEqualTo(REQUEST);
        assertThat(event.userId()).isEqualTo("alice");
        assertThat(event.role()).isEqualTo("agent");
        assertThat(event.resource()).isEqualTo("/query");
        assertThat(event.timestamp()).isEqualTo(clock.instant());
        assertThat(event.metadata()).isEqualTo(Map.of("kind", "abandoned", "reserved_at", "2026-03-01T12:00:00Z"));
        assertThat(ledger.unsettled()).isEmpty();
    }

    @Test
    void a_trial_of_the_settings_is_told_as_what_it_was() {
        ledger.keep(
                new Reservation(REQUEST, "config:test:7:clawsecroot", "root", "administrator", "/config/test", MADE));
        passes(AGE.plusMillis(1));
        abandoned.sweep();
        assertThat(audit.only().action()).isEqualTo("config:test");
        assertThat(audit.only().resource()).isEqualTo("/config/test");
    }

    @Test
    void a_request_that_may_still_run_is_left_alone() {
        ledger.keep(reservation(REQUEST));
        passes(AGE);
        abandoned.sweep();
        assertThat(audit.events()).isEmpty();
        assertThat(ledger.unsettled()).containsExactly(REQUEST);
    }

    @Test
    void a_request_that_died_between_its_event_and_its_end_gets_no_second_event() {
        audit.append(List.of(new AuditEvent(
                new UUID(1, 1),
                MADE,
                EventType.LLM_QUERY,
                "alice",
                "agent",
                "query:submit",
                "/query",
                EventOutcome.ALLOWED,
                List.of(),
                Map.of(),
                null,
                REQUEST)));
        ledger.keep(reservation(REQUEST));
        passes(AGE.plusMillis(1));
        abandoned.sweep();
        assertThat(audit.types()).containsExactly(EventType.LLM_QUERY);
        assertThat(ledger.unsettled()).isEmpty();
    }

    @Test
    void two_processes_that_look_at_once_make_one_event() {
        RecordingLedger same = new RecordingLedger(new ArrayList<>());
        ledger.keep(reservation(REQUEST));
        same.keep(reservation(REQUEST));
        passes(AGE.plusMillis(1));
        abandoned.sweep();
        new Abandoned(same, new Unseeing(audit), () -> TIMEOUT, clock).sweep(); // it looked before the other wrote
        assertThat(audit.types()).containsExactly(EventType.LLM_ERROR);
        assertThat(same.unsettled()).isEmpty();
    }

    @Test
    void one_process_looks_once_in_thirty_seconds() {
        int[][] secondsAndLooks = {{0, 1}, {0, 1}, {29, 1}, {30, 2}, {31, 2}, {600, 3}};
        for (int[] row : secondsAndLooks) {
            passes(Duration.ofSeconds(row[0]));
            abandoned.sweep();
            assertThat(ledger.looks()).as("after %d s", row[0]).isEqualTo(row[1]);
        }
    }

    @Test
    void a_store_that_breaks_is_tried_again_at_the_next_look() {
        ledger.keep(reservation(REQUEST));
        passes(AGE.plusMillis(1));
        audit.failWith(new AuditUnavailableException("the disk is full", null));
        abandoned.sweep();
        assertThat(ledger.unsettled()).containsExactly(REQUEST);
        audit.failWith(null);
        passes(AGE.plus(Abandoned.PAUSE).plusMillis(1));
        abandoned.sweep();
        assertThat(audit.types()).containsExactly(EventType.LLM_ERROR);
        assertThat(ledger.unsettled()).isEmpty();
    }

    @Test
    void a_query_that_ends_looks_for_those_that_did_not() {
        QueryFixture fixture = new QueryFixture();
        UUID dead = new UUID(0, 99);
        fixture.ledger.keep(reservation(dead));
        fixture.clock.set(MADE.plus(AGE).plusMillis(1));
        fixture.ask("agent", QueryFixture.BENIGN);
        assertThat(fixture.audit.types()).containsExactly(EventType.LLM_QUERY, EventType.LLM_ERROR);
        assertThat(fixture.audit.events().get(1).requestId()).isEqualTo(dead);
        assertThat(fixture.ledger.unsettled()).isEmpty();
    }

    /** The same audit, seen as it was before anything was written. */
    private record Unseeing(AuditRepository audit) implements AuditRepository {
        @Override
        public void append(List<AuditEvent> events) {
            audit.append(events);
        }

        @Override
        public AuditPage find(AuditQuery query) {
            return new AuditPage(List.of(), null);
        }

        @Override
        public void forEachRecord(Consumer<StoredRecord> consumer) {
            audit.forEachRecord(consumer);
        }

        @Override
        public void probe() {
            audit.probe();
        }
    }
}
