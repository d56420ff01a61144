package io.clawsec.auditing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.access.AccessPolicy;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.AnswerStream;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Envelope;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.json.FieldError;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.AuditSamples;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RoleTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportTest {

    private static final AccessPolicy ACCESS = PolicyFiles.packaged().load().access();

    /** After every sample. */
    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

    private static final long SEED = 6;

    private final FixedClock clock = new FixedClock(NOW);
    private final InMemoryAudit audit = new InMemoryAudit();
    private final Audit function = new Audit(
            new Envelope(new RoleTokens(ACCESS), ACCESS, audit, Metrics.none(), clock, UUID::randomUUID), audit, clock);
    private final AuditSamples samples = new AuditSamples(SEED);

    private Outcome ask(Operation operation, String role, Map<String, List<String>> parameters) {
        return function.apply(new Call(
                UUID.randomUUID(),
                operation,
                RoleTokens.of(role),
                parameters,
                Body::none,
                new Caller("192.0.2.1", null, null)));
    }

    private Outcome export(Map<String, List<String>> parameters) {
        return ask(Operation.EXPORT_AUDIT, "auditor", parameters);
    }

    private static List<Map<String, @Nullable Object>> lines(Outcome outcome) throws IOException {
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        ((AnswerStream) outcome).source().writeTo(piece -> {
            String text = new String(piece, StandardCharsets.UTF_8);
            assertThat(text).endsWith("}\n");
            text.lines().forEach(line -> lines.add(object(line.getBytes(StandardCharsets.UTF_8))));
        });
        return lines;
    }

    private static Map<String, @Nullable Object> object(byte[] utf8) {
        try {
            return Json.parseObject(utf8);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private List<?> page(Map<String, List<String>> parameters) {
        Answer answer = (Answer) ask(Operation.READ_AUDIT, "auditor", parameters);
        return (List<?>) Objects.requireNonNull(object(answer.content()).get("events"));
    }

    private List<AuditEvent> exported() {
        return audit.events().stream()
                .filter(event -> event.type() == EventType.AUDIT_EXPORTED && "/audit/export".equals(event.resource()))
                .toList();
    }

    @Test
    void every_line_is_an_event_as_a_page_shows_it_newest_first() throws IOException {
        audit.append(samples.events(900));
        Map<String, List<String>> all = Map.of("to", List.of("2027-01-01T00:00:00Z"), "limit", List.of("1000"));
        Outcome outcome = export(all);
        assertThat(((AnswerStream) outcome).mediaType()).isEqualTo("application/x-ndjson");
        assertThat(lines(outcome)).hasSize(900).isEqualTo(page(all));
    }

    @Test
    void filters_hold_for_an_export_as_they_do_for_a_page() throws IOException {
        audit.append(samples.events(900));
        AuditEvent some = audit.events().get(700);
        List<Map<String, List<String>>> filters = List.of(
                Map.of("event_type", List.of(some.type().wireName()), "to", List.of("2027-01-01T00:00:00Z")),
                Map.of("user_id", List.of("ada")),
                Map.of("outcome", List.of("denied")),
                Map.of("request_id", List.of(some.requestId().toString())),
                Map.of("from", List.of(some.timestamp().toString()), "to", List.of("2027-01-01T00:00:00Z")),
                Map.of("to", List.of(some.timestamp().toString()), "outcome", List.of("error")),
                Map.of("cursor", List.of("300")),
                Map.of("user_id", List.of("nobody")));
        for (Map<String, List<String>> filter : filters) {
            Map<String, List<String>> paged = new HashMap<>(filter);
            paged.put("limit", List.of("1000"));
            assertThat(lines(export(filter))).as(filter.toString()).isEqualTo(page(paged));
        }
    }

    @Test
    void a_limit_ends_it_within_a_page_and_at_the_end_of_one() throws IOException {
        audit.append(samples.events(3 * ExportRequest.PAGE));
        for (int limit : List.of(
                1, ExportRequest.PAGE - 1, ExportRequest.PAGE, ExportRequest.PAGE + 1, 2 * ExportRequest.PAGE)) {
            assertThat(lines(export(Map.of("limit", List.of(Integer.toString(limit))))))
                    .hasSize(limit);
        }
        assertThat(lines(export(Map.of("limit", List.of("999999999"), "user_id", List.of("nobody")))))
                .isEmpty();
    }

    @Test
    void the_audit_tells_of_its_beginning_by_the_names_of_its_filters_and_of_its_end_by_how_many_they_were()
            throws IOException {
        audit.append(samples.events(300));
        Outcome outcome = export(Map.of("to", List.of("2027-01-01T00:00:00Z"), "limit", List.of("280")));
        assertThat(exported())
                .extracting(AuditEvent::metadata)
                .containsExactly(Map.of("phase", "started", "filters", List.of("limit", "to")));
        lines(outcome);
        assertThat(exported())
                .extracting(AuditEvent::metadata)
                .element(1)
                .isEqualTo(Map.of("phase", "finished", "events", 280L, "complete", true));
        assertThat(exported()).extracting(AuditEvent::outcome).containsOnly(EventOutcome.ALLOWED);
    }

    @Test
    void events_that_are_appended_meanwhile_neither_appear_nor_hide_others() throws IOException {
        audit.append(samples.events(1000));
        List<AuditEvent> before = audit.events();
        List<String> ids = new ArrayList<>();
        ((AnswerStream) export(Map.of())).source().writeTo(piece -> {
            new String(piece, StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> ids.add(String.valueOf(
                            object(line.getBytes(StandardCharsets.UTF_8)).get("id"))));
            audit.append(samples.events(50));
        });
        List<String> expected = new ArrayList<>(
                before.stream().map(event -> event.id().toString()).toList());
        Collections.reverse(expected);
        assertThat(ids).isEqualTo(expected);
    }

    @Test
    void a_store_that_fails_midway_breaks_it_off_and_the_end_says_so() {
        audit.append(samples.events(1000));
        Outcome outcome = export(Map.of());
        List<byte[]> pieces = new ArrayList<>();
        assertThatThrownBy(() -> ((AnswerStream) outcome).source().writeTo(piece -> {
                    pieces.add(piece);
                    audit.failWith(new AuditUnavailableException("the disk is gone", null));
                }))
                .isInstanceOf(AuditUnavailableException.class);
        assertThat(pieces).as("nothing after what was read").hasSizeBetween(1, 4);
    }

    @Test
    void a_reader_that_goes_away_leaves_an_end_with_what_it_took() {
        audit.append(samples.events(1000));
        Outcome outcome = export(Map.of());
        List<byte[]> taken = new ArrayList<>();
        assertThatThrownBy(() -> ((AnswerStream) outcome).source().writeTo(piece -> {
                    if (!taken.isEmpty()) {
                        throw new IOException("gone");
                    }
                    taken.add(piece);
                }))
                .hasMessage("gone");
        long lines = new String(taken.get(0), StandardCharsets.UTF_8).lines().count();
        AuditEvent finished = exported().get(1);
        assertThat(finished.outcome()).isEqualTo(EventOutcome.ERROR);
        assertThat(finished.metadata())
                .isEqualTo(Map.of("phase", "finished", "events", lines, "complete", false, "reason", "not_delivered"));
    }

    @Test
    void a_reader_that_is_too_slow_is_left_behind() {
        audit.append(samples.events(1000));
        Outcome outcome = export(Map.of());
        assertThatThrownBy(() -> ((AnswerStream) outcome)
                        .source()
                        .writeTo(piece -> clock.advance(Export.MOST_TIME.plusSeconds(1))))
                .isInstanceOf(IOException.class);
        assertThat(exported().get(1).metadata()).containsEntry("reason", "took_too_long");
    }

    @Test
    void a_wrong_cursor_a_wrong_filter_and_a_broken_store_show_before_any_answer() {
        assertThat(errors(export(Map.of("cursor", List.of("made-up"))))).containsExactly("cursor");
        assertThat(errors(export(Map.of("limit", List.of("0"), "outcome", List.of("x"), "format", List.of("csv")))))
                .containsExactlyInAnyOrder("limit", "outcome", "format");
        assertThat(errors(export(Map.of("limit", List.of("1000000000"))))).containsExactly("limit");
        assertThat(audit.types()).containsOnly(EventType.REQUEST_REFUSED);
        audit.failWith(new AuditUnavailableException("the disk is gone", null));
        assertThat(((Refusal) export(Map.of())).code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
    }

    private static List<String> errors(Outcome outcome) {
        return ((Refusal) outcome).errors().stream().map(FieldError::field).toList();
    }

    @Test
    void who_may_not_read_may_not_export() {
        Refusal refusal = (Refusal) ask(Operation.EXPORT_AUDIT, "agent", Map.of("nonsense", List.of("x")));
        assertThat(refusal.code()).isEqualTo(Refusal.Code.RBAC_DENIAL);
        assertThat(audit.types()).containsExactly(EventType.RBAC_DENIAL);
    }

    @Test
    void as_many_run_at_once_as_have_a_place_and_every_end_gives_one_back() throws IOException {
        List<Outcome> running = new ArrayList<>();
        for (int i = 0; i < ExportPlaces.MOST; i++) {
            assertThat(export(Map.of("cursor", List.of("made-up")))).isInstanceOf(Refusal.class);
            running.add(export(Map.of()));
        }
        assertThat(running).as("none went short for those that were refused").hasOnlyElementsOfType(AnswerStream.class);
        Refusal refusal = (Refusal) export(Map.of());
        assertThat(refusal.code()).isEqualTo(Refusal.Code.RATE_LIMITED);
        assertThat(Objects.requireNonNull(refusal.quota()).resetSeconds()).isPositive();
        assertThat(audit.types()).endsWith(EventType.RATE_LIMITED);
        lines(running.get(0));
        assertThat(export(Map.of())).isInstanceOf(AnswerStream.class);
        assertThat(export(Map.of())).isInstanceOf(Refusal.class);
        clock.advance(Export.MOST_TIME.multipliedBy(2).plusSeconds(1));
        assertThat(export(Map.of())).as("places that were lost").isInstanceOf(AnswerStream.class);
    }
}
