package io.clawsec.cli.demo;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events that {@code GET /audit} gave.
 *
 * @param entries oldest first
 */
record AuditTrail(List<Entry> entries) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private static final String ROW = "%-10s %-17s %-13s %-8s %s";

    /** One event, as far as the demonstration shows it. */
    record Entry(String timestamp, String type, String userId, String outcome, String requestId, List<String> rules) {}

    /**
     * An event that must be there.
     *
     * @param requestId of the request that it tells of
     * @param userId who asked
     * @param type the event's type on the wire
     * @param outcome allowed, denied or error
     */
    record Expected(String requestId, String userId, String type, String outcome) {

        String inWords() {
            return type + " (" + outcome + ") of " + userId + " for request " + requestId;
        }
    }

    static AuditTrail of(Answer answer) {
        List<Entry> entries = new ArrayList<>();
        for (Map<String, @Nullable Object> event : answer.objects("events")) {
            entries.add(new Entry(
                    Answer.text(event, "timestamp"),
                    Answer.text(event, "event_type"),
                    Answer.text(event, "user_id"),
                    Answer.text(event, "outcome"),
                    Answer.text(event, "request_id"),
                    Answer.rules(event.get("policy_violations"))));
        }
        // The newest comes first; a story is told from its beginning.
        Collections.reverse(entries);
        return new AuditTrail(List.copyOf(entries));
    }

    boolean has(Expected expected) {
        return !expected.requestId().isEmpty()
                && entries.stream()
                        .anyMatch(entry -> entry.requestId().equals(expected.requestId())
                                && entry.type().equals(expected.type())
                                && entry.userId().equals(expected.userId())
                                && entry.outcome().equals(expected.outcome()));
    }

    /** A row for each event, below a row of headings. */
    List<String> table() {
        List<String> rows = new ArrayList<>();
        rows.add(row("time (UTC)", "event", "user", "outcome", "rules"));
        for (Entry entry : entries) {
            rows.add(row(
                    clock(entry.timestamp()),
                    entry.type(),
                    entry.userId(),
                    entry.outcome(),
                    String.join(", ", entry.rules())));
        }
        return rows;
    }

    private static String row(String time, String type, String userId, String outcome, String rules) {
        return String.format(Locale.ROOT, ROW, time, type, userId, outcome, rules)
                .stripTrailing();
    }

    private static String clock(String timestamp) {
        try {
            return CLOCK.format(OffsetDateTime.parse(timestamp).withOffsetSameInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return timestamp;
        }
    }
}
