package io.clawsec.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditPage;
import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.audit.InvalidCursorException;
import io.clawsec.audit.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of audit events must find again, and in which order. */
public abstract class AuditQueryContract {

    private static final int EVENTS = 300;
    private static final Comparator<StoredEvent> NEWEST_FIRST = Comparator.comparing(
                    (StoredEvent stored) -> stored.event().timestamp())
            .reversed();

    private final AuditSamples samples = new AuditSamples(4711);

    /** The repository of a store that was empty when the test began; the same one each time within a test. */
    protected abstract AuditRepository repository();

    /** A repository on the same store, as another process would open it. */
    protected abstract AuditRepository otherProcess();

    private List<AuditEvent> fill(int count) {
        List<AuditEvent> events = samples.events(count);
        for (int i = 0; i < count; i += 10) {
            repository().append(events.subList(i, Math.min(i + 10, count)));
        }
        return events;
    }

    private List<StoredEvent> pages(AuditQuery query) {
        List<StoredEvent> found = new ArrayList<>();
        AuditPage page = repository().find(query);
        found.addAll(page.events());
        for (String cursor = page.nextCursor(); cursor != null; cursor = page.nextCursor()) {
            page = repository().find(at(query, cursor));
            assertThat(page.events()).isNotEmpty().hasSizeLessThanOrEqualTo(query.limit());
            found.addAll(page.events());
        }
        return found;
    }

    private static AuditQuery at(AuditQuery query, @Nullable String cursor) {
        return new AuditQuery(
                query.limit(),
                cursor,
                query.type(),
                query.userId(),
                query.outcome(),
                query.requestId(),
                query.from(),
                query.to());
    }

    private static boolean matches(AuditEvent event, AuditQuery query) {
        return (query.type() == null || query.type() == event.type())
                && (query.userId() == null || query.userId().equals(event.userId()))
                && (query.outcome() == null || query.outcome() == event.outcome())
                && (query.requestId() == null || query.requestId().equals(event.requestId()))
                && (query.from() == null || !event.timestamp().isBefore(query.from()))
                && (query.to() == null || event.timestamp().isBefore(query.to()));
    }

    @Test
    void every_combination_of_filters_finds_what_it_says_in_pages_newest_first() {
        List<AuditEvent> events = fill(EVENTS);
        AuditEvent one = events.get(EVENTS / 2);
        Instant from = events.get(EVENTS / 3).timestamp();
        Instant to = events.get(2 * EVENTS / 3).timestamp();
        for (int chosen = 0; chosen < 64; chosen++) {
            @Nullable EventType type = (chosen & 1) == 0 ? null : one.type();
            @Nullable String userId = (chosen & 2) == 0 ? null : "小明";
            @Nullable EventOutcome outcome = (chosen & 4) == 0 ? null : EventOutcome.DENIED;
            @Nullable UUID requestId = (chosen & 8) == 0 ? null : one.requestId();
            AuditQuery query = new AuditQuery(
                    7,
                    null,
                    type,
                    userId,
                    outcome,
                    requestId,
                    (chosen & 16) == 0 ? null : from,
                    (chosen & 32) == 0 ? null : to);
            List<StoredEvent> found = pages(query);
            assertThat(found).as("seed %d, filters %d", samples.seed(), chosen).isSortedAccordingTo(NEWEST_FIRST);
            assertThat(found.stream().map(StoredEvent::event))
                    .as("seed %d, filters %d", samples.seed(), chosen)
                    .containsExactlyInAnyOrderElementsOf(events.stream()
                            .filter(event -> matches(event, query))
                            .toList());
        }
    }

    @Test
    void every_user_type_and_outcome_is_found_by_its_name() {
        List<AuditEvent> events = fill(EVENTS);
        for (AuditEvent one : events.subList(0, 60)) {
            AuditQuery query = new AuditQuery(
                    AuditQuery.MOST, null, one.type(), one.userId(), one.outcome(), one.requestId(), null, null);
            assertThat(repository().find(query).events().stream().map(StoredEvent::event))
                    .contains(one);
        }
    }

    @Test
    void of_events_of_one_time_the_last_of_a_chain_comes_first() {
        Instant now = AuditSamples.START;
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            events.add(samples.eventAt(now));
        }
        repository().append(events);
        assertThat(pages(AuditQuery.newest(5)))
                .extracting(StoredEvent::sequence)
                .containsExactly(11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L, 0L);
    }

    @Test
    void times_order_events_whoever_wrote_them_and_whenever() {
        AuditRepository other = otherProcess();
        Instant now = AuditSamples.START;
        for (int second : new int[] {5, 1, 4, 2, 3}) {
            (second % 2 == 0 ? other : repository()).append(List.of(samples.eventAt(now.plusSeconds(second))));
        }
        assertThat(pages(AuditQuery.newest(2)))
                .extracting(stored ->
                        Duration.between(now, stored.event().timestamp()).toSeconds())
                .containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void pages_neither_repeat_nor_lose_an_event_while_new_ones_come_in() {
        List<AuditEvent> before = fill(100);
        List<AuditEvent> found = new ArrayList<>();
        AuditQuery query = AuditQuery.newest(9);
        AuditPage page = repository().find(query);
        for (String cursor = page.nextCursor(); ; cursor = page.nextCursor()) {
            page.events().forEach(stored -> found.add(stored.event()));
            if (cursor == null) {
                break;
            }
            repository().append(samples.events(5));
            page = repository().find(at(query, cursor));
        }
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void a_cursor_holds_in_another_process_and_again() {
        fill(30);
        AuditPage first = repository().find(AuditQuery.newest(10));
        AuditQuery next = at(AuditQuery.newest(10), first.nextCursor());
        assertThat(otherProcess().find(next)).isEqualTo(repository().find(next));
        assertThat(repository().find(next)).isEqualTo(repository().find(next));
    }

    @Test
    void the_last_page_has_no_cursor_even_if_it_is_full() {
        fill(20);
        AuditPage first = repository().find(AuditQuery.newest(10));
        AuditPage second = repository().find(at(AuditQuery.newest(10), first.nextCursor()));
        assertThat(first.nextCursor()).isNotNull();
        assertThat(second.events()).hasSize(10);
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void from_is_within_and_to_is_not() {
        AuditEvent event = samples.event();
        repository().append(List.of(event));
        Instant time = event.timestamp();
        assertThat(between(time, time.plusNanos(1))).hasSize(1);
        assertThat(between(time.minusNanos(1), time.plusNanos(1000))).hasSize(1);
        assertThat(between(time.minusSeconds(1), time)).isEmpty();
        assertThat(between(time.plusNanos(1), time.plusSeconds(1))).isEmpty();
        assertThat(between(Instant.MIN, Instant.MAX)).hasSize(1);
        assertThat(between(Instant.MAX, Instant.MIN)).isEmpty();
        for (String year : List.of("+10000", "+40000", "+99999", "+999999999")) {
            Instant far = Instant.parse(year + "-01-01T00:00:00Z");
            assertThat(between(Instant.MIN, far)).as("before %s", year).hasSize(1);
            assertThat(between(far, Instant.MAX)).as("from %s", year).isEmpty();
        }
    }

    @Test
    void events_at_either_end_of_time_are_found_as_all_others() {
        Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
        repository().append(List.of(samples.eventAt(Instant.EPOCH), samples.eventAt(last)));
        assertThat(pages(AuditQuery.newest(1)))
                .extracting(stored -> stored.event().timestamp())
                .containsExactly(last, Instant.EPOCH);
        assertThat(between(last, Instant.MAX)).hasSize(1);
        assertThat(between(Instant.MIN, Instant.EPOCH.plusNanos(1))).hasSize(1);
        assertThat(between(Instant.MIN, Instant.EPOCH)).isEmpty();
    }

    private List<StoredEvent> between(Instant from, Instant to) {
        return repository()
                .find(new AuditQuery(10, null, null, null, null, null, from, to))
                .events();
    }

    @Test
    void an_empty_store_has_an_empty_page() {
        assertThat(repository().find(AuditQuery.newest(10))).isEqualTo(new AuditPage(List.of(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "", "a\u0000b", "\u202e\u0000", "% _", "\ud83d\ude00"})
    void a_user_id_that_no_event_has_finds_nothing_whatever_characters_are_in_it(String userId) {
        fill(10);
        assertThat(pages(new AuditQuery(10, null, null, userId, null, null, null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "' OR 1=1 --", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\u0000", "😀"})
    void a_text_that_is_no_cursor_is_refused(String cursor) {
        assertThatThrownBy(() -> repository().find(at(AuditQuery.newest(10), cursor)))
                .isInstanceOf(InvalidCursorException.class);
    }

    @Test
    void a_cursor_with_a_slip_in_it_is_refused() {
        fill(20);
        String cursor = repository().find(AuditQuery.newest(10)).nextCursor();
        assertThat(cursor).isNotNull();
        for (int i = 0; cursor != null && i < cursor.length(); i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String slip = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThatThrownBy(() -> repository().find(at(AuditQuery.newest(10), slip)))
                    .as("at %d", i)
                    .isInstanceOf(InvalidCursorException.class);
        }
    }
}
