package io.clawsec.auditing;

import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.json.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query parameters of {@code GET /audit} and {@code GET /audit/export}; collects everything that is wrong with them. */
final class AuditParameters {

    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final int LONGEST_TEXT = 512;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Set<String> KNOWN =
            Set.of(LIMIT, CURSOR, "event_type", "user_id", "outcome", "request_id", "from", "to");

    private final Map<String, List<String>> parameters;
    private final List<FieldError> errors = new ArrayList<>();

    private AuditParameters(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** Reads parameters of {@code GET /audit} and goes on with the query, or with everything that is wrong. */
    static <T> T read(
            Map<String, List<String>> parameters, Function<AuditQuery, T> query, Function<List<FieldError>, T> wrong) {
        AuditParameters read = new AuditParameters(parameters);
        Long limit = read.limit(AuditQuery.MOST);
        AuditQuery page = read.query(limit == null ? AuditQuery.DEFAULT_LIMIT : limit.intValue());
        return read.errors.isEmpty() ? query.apply(page) : wrong.apply(read.errors);
    }

    /** Reads parameters of {@code GET /audit/export} and goes on with the request, or with everything that is wrong. */
    static <T> T readExport(
            Map<String, List<String>> parameters,
            Function<ExportRequest, T> export,
            Function<List<FieldError>, T> wrong) {
        AuditParameters read = new AuditParameters(parameters);
        Long limit = read.limit(ExportRequest.MOST);
        ExportRequest request = new ExportRequest(
                read.query(ExportRequest.PAGE),
                limit == null ? Long.MAX_VALUE : limit,
                List.copyOf(new TreeSet<>(parameters.keySet())));
        return read.errors.isEmpty() ? export.apply(request) : wrong.apply(read.errors);
    }

    private AuditQuery query(int pageLength) {
        String cursor = one(CURSOR, Optional::of, "");
        EventType type = one("event_type", EventType::of, "must be the name of an event type");
        String userId = one("user_id", Optional::of, "");
        EventOutcome outcome = one("outcome", EventOutcome::of, "must be allowed, denied or error");
        UUID requestId = one("request_id", AuditParameters::uuid, "must be a UUID");
        Instant from = one("from", AuditParameters::instant, "must be an ISO 8601 instant with its zone");
        Instant to = one("to", AuditParameters::instant, "must be an ISO 8601 instant with its zone");
        parameters.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> reject(name, "is not a parameter of this request"));
        return new AuditQuery(pageLength, cursor, type, userId, outcome, requestId, from, to);
    }

    private @Nullable Long limit(long most) {
        return one(
                LIMIT,
                text -> DIGITS.matcher(text).matches()
                        ? Optional.of(Long.valueOf(text)).filter(number -> number >= 1 && number <= most)
                        : Optional.empty(),
                "must be an integer from 1 to " + most);
    }

    private <T> @Nullable T one(String name, Function<String, Optional<T>> parse, String message) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            reject(name, "must stand once");
            return null;
        }
        String text = values.get(0);
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            reject(name, "must have 1 to " + LONGEST_TEXT + " characters");
            return null;
        }
        Optional<T> value = parse.apply(text);
        if (value.isEmpty()) {
            reject(name, message);
        }
        return value.orElse(null);
    }

    private void reject(String name, String message) {
        errors.add(new FieldError(name, message));
    }

    private static Optional<UUID> uuid(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
