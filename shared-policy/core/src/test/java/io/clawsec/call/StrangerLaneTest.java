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
        assertThat(kept).hasSize(StrangerLane.SINGLES);
        send("192.0.2.9", NOON.plusSeconds(60));
        assertThat(kept).hasSize(StrangerLane.SINGLES + 2);
        AuditEvent count = kept.get(kept.size() - 1);
        assertThat(count.metadata())
                .containsEntry("count", 10_000L - StrangerLane.SINGLES)
                .containsEntry("minute", "2026-01-01T12:00:00Z");
        assertThat(count.ipAddress()).isEqualTo("192.0.2.1");
        assertThat(count.type()).isEqualTo(EventType.AUTH_FAILURE);
    }

    @Test
    void addresses_and_kinds_have_tallies_of_their_own() {
        for (int i = 0; i < StrangerLane.SINGLES; i++) {
            send("192.0.2.1", NOON);
            send("192.0.2.2", NOON);
            send(event("192.0.2.1", EventType.RBAC_DENIAL, NOON));
        }
        assertThat(kept).hasSize(3 * StrangerLane.SINGLES);
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
        List<AuditEvent> counts = lane.flush(NOON);
        assertThat(counts)
                .singleElement()
                .satisfies(count -> assertThat(count.ipAddress()).isNull());
        assertThat(counts.get(0).metadata()).containsEntry("count", (long) events - singles);
    }

    @Test
    void counts_that_are_due_come_in_pieces_that_an_append_takes() {
        for (int address = 0; address < 100; address++) {
            for (int i = 0; i <= StrangerLane.SINGLES; i++) {
                send("192.0.2." + address, NOON);
            }
        }
        List<List<AuditEvent>> appends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lane.append(event("198.51.100.1", EventType.AUTH_FAILURE, NOON.plusSeconds(60)), appends::add);
        }
        assertThat(appends)
                .allSatisfy(append -> assertThat(append).hasSizeLessThanOrEqualTo(AuditRepository.MOST_AT_ONCE));
        assertThat(appends.stream()
                        .flatMap(List::stream)
                        .filter(event -> event.metadata().containsKey("count")))
                .hasSize(100);
    }

    @Test
    void without_room_an_event_is_counted_and_does_not_wait() throws Exception {
        CountDownLatch busy = new CountDownLatch(StrangerLane.APPENDS_AT_ONCE);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(StrangerLane.APPENDS_AT_ONCE);
        for (int i = 0; i < StrangerLane.APPENDS_AT_ONCE; i++) {
            callers.submit(() -> lane.append(event("192.0.2.1", EventType.AUTH_FAILURE, NOON), events -> {
                busy.countDown();
                return await(go);
            }));
        }
        busy.await();
        send("192.0.2.1", NOON);
        assertThat(kept).isEmpty();
        go.countDown();
        callers.shutdown();
        assertThat(lane.flush(NOON))
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

    private void send(String address, Instant at) {
        send(event(address, EventType.AUTH_FAILURE, at));
    }

    private void send(AuditEvent event) {
        lane.append(event, kept::addAll);
    }

    private static AuditEvent event(String address, EventType type, Instant at) {
        return new AuditEvent(
                UUID.randomUUID(),
                at,
                type,
                null,
                null,
                "query:submit",
                "/query",
                EventOutcome.DENIED,
                List.of(),
                Map.of(),
                address,
                UUID.randomUUID());
    }
}
