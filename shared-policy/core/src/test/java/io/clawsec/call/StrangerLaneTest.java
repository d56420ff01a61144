package io.clawsec.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StrangerLaneTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final StrangerLane lane = new StrangerLane(UUID::randomUUID);
    private final List<AuditEvent> kept = new ArrayList<>();

    @Test
    void the_first_twenty_of_an_address_and_minute_are_kept_singly_and_the_rest_as_one_count() {
        for (int i = 0; i < 10_000; i++) {
            send("192.0.2.1", NOON.plusMillis(i));
        }
        settle(NOON.plusSeconds(59));
        assertThat(kept).as("the minute is not over").hasSize(StrangerLane.SINGLES);
        settle(NOON.plusSeconds(60));
        settle(NOON.plusSeconds(60));
        assertThat(kept).hasSize(StrangerLane.SINGLES + 1);
        AuditEvent count = kept.get(kept.size() - 1);
        assertThat(count.metadata())
                .containsEntry("count", 10_000L - StrangerLane.SINGLES)
                .containsEntry("minute", "2026-01-01T12:00:00Z")
                .hasSize(2);
        assertThat(StrangerLane.countOf(count)).isEqualTo(10_000L - StrangerLane.SINGLES);
        assertThat(count.ipAddress()).isEqualTo("192.0.2.1");
        assertThat(count.type()).isEqualTo(EventType.AUTH_FAILURE);
        assertThat(count.outcome()).isEqualTo(EventOutcome.DENIED);
    }

    @Test
    void addresses_and_kinds_have_tallies_of_their_own() {
        for (int i = 0; i < StrangerLane.SINGLES; i++) {
            send("192.0.2.1", NOON);
            send("192.0.2.2", NOON);
            send(event("192.0.2.1", EventType.RBAC_DENIAL, EventOutcome.DENIED, NOON));
            send(event("192.0.2.1", EventType.RBAC_DENIAL, EventOutcome.ERROR, NOON));
        }
        assertThat(kept).hasSize(4 * StrangerLane.SINGLES);
        assertThat(lane.flush(NOON)).isEmpty();
    }

    @Test
    void a_new_minute_has_singles_again() {
        for (int i = 0; i < 2 * StrangerLane.SINGLES; i++) {
            send("192.0.2.1", NOON);
        }
        send("192.0.2.1", NOON.plusSeconds(60));
        assertThat(kept.stream().filter(event -> !event.metadata().containsKey("count")))
                .hasSize(StrangerLane.SINGLES + 1);
    }

    @Test
    void more_addresses_than_fit_share_one_count_and_nothing_is_uncounted() {
        int events = 3 * StrangerLane.MOST_ADDRESSES;
        for (int i = 0; i < events; i++) {
            send("10.0." + i / 256 + "." + i % 256, NOON);
        }
        int singles = kept.size();
        assertThat(singles).isLessThanOrEqualTo(StrangerLane.MOST_ADDRESSES + StrangerLane.SINGLES);
        List<AuditEvent> counts = flushed();
        assertThat(counts)
                .singleElement()
                .satisfies(count -> assertThat(count.ipAddress()).isNull());
        assertThat(counts.get(0).metadata()).containsEntry("count", (long) events - singles);
    }

    @Test
    void threads_that_come_late_at_the_turn_of_a_minute_open_none_again() {
        for (int i = 0; i < 100; i++) {
            send("192.0.2.1", NOON.minusMillis(1));
            send("192.0.2.1", NOON);
        }
        assertThat(kept)
                .as("one minute's and the next one's, the first event of which ended the other")
                .hasSize(StrangerLane.SINGLES + 1);
        assertThat(flushed())
                .singleElement()
                .satisfies(count -> assertThat(count.metadata()).containsEntry("count", 199L - StrangerLane.SINGLES));
    }

    @Test
    void a_clock_that_is_set_back_does_not_keep_the_counts_back() {
        for (int i = 0; i <= StrangerLane.SINGLES; i++) {
            send("192.0.2.1", NOON);
        }
        send("192.0.2.1", NOON.minusSeconds(3_600));
        settle(NOON.minusSeconds(3_600));
        assertThat(kept).hasSize(StrangerLane.SINGLES + 2);
    }

    @Test
    void an_append_of_counts_that_fails_comes_again_piece_by_piece_with_the_same_ids() {
        for (int address = 0; address < 100; address++) {
            for (int i = 0; i <= StrangerLane.SINGLES; i++) {
                send("192.0.2." + address, NOON);
            }
        }
        List<List<AuditEvent>> failed = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            lane.settle(NOON.plusSeconds(60), piece -> {
                failed.add(piece);
                return false;
            });
        }
        assertThat(failed).hasSize(2);
        assertThat(failed.get(1)).isEqualTo(failed.get(0)).hasSize(AuditRepository.MOST_AT_ONCE);
        kept.clear();
        for (int i = 0; i < 10; i++) {
            settle(NOON.plusSeconds(60));
        }
        assertThat(kept)
                .hasSize(100)
                .doesNotHaveDuplicates()
                .startsWith(failed.get(0).toArray(AuditEvent[]::new));
    }

    @Test
    void while_the_store_fails_counts_go_on_in_bounded_memory_and_none_is_lost() {
        int minutes = 3 * StrangerLane.MOST_PIECES;
        long sent = 0;
        for (int minute = 0; minute < minutes; minute++) {
            for (int i = 0; i < 2 * StrangerLane.SINGLES; i++, sent++) {
                send("192.0.2.1", NOON.plusSeconds(60L * minute));
            }
            lane.settle(NOON.plusSeconds(60L * minute), piece -> false);
        }
        assertThat(kept).as("minutes that ended").hasSize((StrangerLane.MOST_PIECES + 1) * StrangerLane.SINGLES);
        for (int i = 0; i < minutes; i++) {
            settle(NOON.plusSeconds(60L * minutes));
        }
        assertThat(kept.stream().mapToLong(StrangerLane::countOf).sum()).isEqualTo(sent);
    }

    @Test
    void without_room_an_event_is_counted_and_does_not_wait() throws Exception {
        CountDownLatch busy = new CountDownLatch(StrangerLane.APPENDS_AT_ONCE);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(StrangerLane.APPENDS_AT_ONCE);
        for (int i = 0; i < StrangerLane.APPENDS_AT_ONCE; i++) {
            callers.execute(
                    () -> lane.append(event("192.0.2.1", EventType.AUTH_FAILURE, EventOutcome.DENIED, NOON), events -> {
                        busy.countDown();
                        return await(go);
                    }));
        }
        busy.await();
        send("192.0.2.1", NOON);
        lane.settle(NOON.plusSeconds(60), piece -> {
            throw new AssertionError("there is no room for counts either");
        });
        assertThat(kept).isEmpty();
        go.countDown();
        callers.shutdown();
        assertThat(flushed())
                .singleElement()
                .satisfies(count -> assertThat(count.metadata()).containsEntry("count", 1L));
        assertThat(lane.flush(NOON)).isEmpty();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void settle(Instant now) {
        lane.settle(now, piece -> kept.addAll(piece));
    }

    private List<AuditEvent> flushed() {
        return lane.flush(NOON).stream().flatMap(List::stream).toList();
    }

    private void send(String address, Instant at) {
        send(event(address, EventType.AUTH_FAILURE, EventOutcome.DENIED, at));
    }

    private void send(AuditEvent event) {
        lane.append(event, kept::addAll);
    }

    private static AuditEvent event(String address, EventType type, EventOutcome outcome, Instant at) {
        return new AuditEvent(
                UUID.randomUUID(),
                at,
                type,
                null,
                null,
                "query:submit",
                "/query",
                outcome,
                List.of(),
                Map.of(),
                address,
                UUID.randomUUID());
    }
}
