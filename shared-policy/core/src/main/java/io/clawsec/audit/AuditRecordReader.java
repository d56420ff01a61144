package io.clawsec.audit;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record's bytes: every field there, of its kind, and none beside them. Strict, because whoever may add a field
 * that is passed over may hide something in the trail.
 */
final class AuditRecordReader {

    private static final int FIELDS = 16;
    private static final String CONTINUES = "continues";
    private static final int FIELDS_OF_CONTINUES = 3;

    private final Map<String, @Nullable Object> fields;

    private AuditRecordReader(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    static AuditRecord read(byte[] bytes) throws UnreadableRecordException {
        if (bytes.length > AuditRecord.MOST_BYTES) {
            throw UnreadableRecordException.malformed("it is too long");
        }
        try {
            return new AuditRecordReader(Json.parseObject(bytes)).record();
        } catch (MalformedJsonException | IllegalArgumentException e) {
            throw UnreadableRecordException.malformed("it is not a JSON object of its kind");
        }
    }

    private AuditRecord record() throws UnreadableRecordException {
        // First the version: another one's fields are no mistake of theirs.
        if (!(fields.get("format_version") instanceof Long version)) {
            throw UnreadableRecordException.malformed("format_version is not an integer");
        }
        if (version != AuditRecord.FORMAT_VERSION) {
            throw UnreadableRecordException.ofVersion(version);
        }
        if (fields.size() != FIELDS + (fields.containsKey(CONTINUES) ? 1 : 0)) {
            throw UnreadableRecordException.malformed("it has other fields than its format");
        }
        AuditEvent event = new AuditEvent(
                uuid("id"),
                timestamp(),
                known("event_type", EventType.of(text("event_type"))),
                optionalText("user_id"),
                optionalText("role"),
                text("action"),
                text("resource"),
                known("outcome", EventOutcome.of(text("outcome"))),
                violations(),
                metadata(),
                optionalText("ip_address"),
                uuid("request_id"));
        return new AuditRecord(event, uuid("writer_id"), sequence(), text("previous_hash"), continuation());
    }

    private long sequence() throws UnreadableRecordException {
        if (fields.get("sequence") instanceof Long sequence) {
            return sequence;
        }
        throw UnreadableRecordException.malformed("sequence is not an integer");
    }

    private @Nullable Continuation continuation() throws UnreadableRecordException {
        if (!fields.containsKey(CONTINUES)) {
            return null;
        }
        if (!(fields.get(CONTINUES) instanceof Map<?, ?> map) || map.size() != FIELDS_OF_CONTINUES) {
            throw UnreadableRecordException.malformed("continues is not an object of its kind");
        }
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        map.forEach((name, value) -> inner.put(String.valueOf(name), value));
        AuditRecordReader reader = new AuditRecordReader(inner);
        return new Continuation(reader.uuid("writer_id"), reader.sequence(), reader.text("hash"));
    }

    private String text(String field) throws UnreadableRecordException {
        if (fields.get(field) instanceof String text) {
            return text;
        }
        throw UnreadableRecordException.malformed(field + " is not a string");
    }

    private @Nullable String optionalText(String field) throws UnreadableRecordException {
        return fields.containsKey(field) && fields.get(field) == null ? null : text(field);
    }

    private UUID uuid(String field) throws UnreadableRecordException {
        String text = text(field);
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equals(text)) { // the JDK also reads short and upper-case forms
            throw UnreadableRecordException.malformed(field + " is not a UUID");
        }
        return uuid;
    }

    private Instant timestamp() throws UnreadableRecordException {
        try {
            return AuditRecord.TIMESTAMP.parse(text("timestamp"), Instant::from);
        } catch (DateTimeException e) {
            throw UnreadableRecordException.malformed("timestamp is not a time in UTC with microseconds");
        }
    }

    private static <T> T known(String field, Optional<T> value) throws UnreadableRecordException {
        if (value.isEmpty()) {
            throw UnreadableRecordException.malformed(field + " is not one of the closed list");
        }
        return value.get();
    }

    private List<String> violations() throws UnreadableRecordException {
        List<String> violations = new ArrayList<>();
        if (fields.get("policy_violations") instanceof List<?> list) {
            for (Object violation : list) {
                if (!(violation instanceof String rule)) {
                    throw UnreadableRecordException.malformed("policy_violations is not a list of strings");
                }
                violations.add(rule);
            }
            return violations;
        }
        throw UnreadableRecordException.malformed("policy_violations is not a list");
    }

    private Map<String, Object> metadata() throws UnreadableRecordException {
        if (!(fields.get("metadata") instanceof Map<?, ?> map)) {
            throw UnreadableRecordException.malformed("metadata is not an object");
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = entry.getValue();
            if (value == null) {
                throw UnreadableRecordException.malformed("metadata holds a null");
            }
            metadata.put(String.valueOf(entry.getKey()), value);
        }
        return metadata;
    }
}
