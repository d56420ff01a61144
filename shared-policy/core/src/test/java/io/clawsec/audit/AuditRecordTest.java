package io.clawsec.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuditRecordTest {

    private static final UUID WRITER = new UUID(3, 3);
    private static final String EXAMPLE = "{\"id\":\"00000000-0000-0001-0000-000000000007\","
            + "\"timestamp\":\"2026-11-22T12:00:07.000001Z\",\"event_type\":\"llm_query\",\"user_id\":\"user-7\","
            + "\"role\":\"agent\",\"action\":\"query:submit\",\"resource\":\"/query\",\"outcome\":\"allowed\","
            + "\"policy_violations\":[\"pii.email\"],\"metadata\":{\"prompt_length\":7},\"ip_address\":\"192.0.2.1\","
            + "\"request_id\":\"00000000-0000-0002-0000-000000000007\",\"format_version\":1,"
            + "\"writer_id\":\"00000000-0000-0003-0000-000000000003\",\"sequence\":4,\"previous_hash\":\""
            + AuditChain.FIRST_PREVIOUS_HASH + "\"}";

    private static final String CONTINUING = EXAMPLE.replace("\"sequence\":4", "\"sequence\":0")
            .replace(
                    "0\"}",
                    "0\",\"continues\":{\"writer_id\":\"00000000-0000-0009-0000-000000000009\",\"sequence\":17,"
                            + "\"hash\":\"" + "ab".repeat(32) + "\"}}");

    private static AuditRecord record(AuditEvent event) {
        return new AuditRecord(event, WRITER, 4, AuditChain.FIRST_PREVIOUS_HASH);
    }

    @Test
    void the_stored_bytes_are_these_for_ever() {
        assertThat(record(Events.event(7)).toBytes()).asString().isEqualTo(EXAMPLE);
    }

    @Test
    void the_first_record_of_a_chain_that_goes_on_from_another_has_these_bytes_for_ever() throws Exception {
        AuditRecord record = new AuditRecord(
                Events.event(7),
                WRITER,
                0,
                AuditChain.FIRST_PREVIOUS_HASH,
                new Continuation(new UUID(9, 9), 17, "ab".repeat(32)));
        assertThat(record.toBytes()).asString().isEqualTo(CONTINUING);
        assertThat(AuditRecord.parse(record.toBytes())).isEqualTo(record);
        assertThat(AuditRecord.of(record.filedUnder("f".repeat(64)))).isEqualTo(record);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sequence\":0 | \"sequence\":1",
                "\"sequence\":17 | \"sequence\":-1",
                "\"sequence\":17 | \"sequence\":\"17\"",
                "\"sequence\":17 | \"sequence\":17,\"more\":1",
                "\"sequence\":17, | ''",
                "0009-0000-000000000009 | 0003-0000-000000000003",
                "0000-0009 | 0-9",
                "\"hash\":\"ab | \"hash\":\"AB",
                "\"hash\":\"ab | \"hash\":\"",
                "\"continues\" | \"replaces\"",
                "\"continues\":{ | \"continues\":null,\"more\":{",
            })
    void what_a_chain_goes_on_from_is_read_strictly(String part, String replacement) {
        String changed = CONTINUING.replace(part, replacement.replace("''", ""));
        assertThat(changed).isNotEqualTo(CONTINUING);
        assertThatThrownBy(() -> AuditRecord.parse(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void a_record_reads_back_as_it_was_written() throws Exception {
        Map<String, Object> metadata = Map.of(
                "text",
                "Zoë \u0000 \" \\ \u2028 😀",
                "yes",
                true,
                "most",
                Long.MAX_VALUE,
                "deep",
                Map.of("list", List.of(1L, "a")));
        for (AuditEvent event :
                List.of(Events.event(7), Events.withMetadata(metadata), Events.ofUser(null), Events.ofUser("مرحبا"))) {
            AuditRecord record = record(event);
            assertThat(AuditRecord.parse(record.toBytes())).isEqualTo(record);
            assertThat(AuditRecord.of(record.filedUnder("f".repeat(64)))).isEqualTo(record);
        }
    }

    @Test
    void integers_of_every_width_read_back_as_longs() throws Exception {
        AuditRecord record = record(Events.withMetadata(Map.of("int", 5, "short", (short) 6)));
        assertThat(AuditRecord.parse(record.toBytes()).event().metadata()).isEqualTo(Map.of("int", 5L, "short", 6L));
    }

    @Test
    void times_are_kept_to_the_microsecond_with_their_zone() throws Exception {
        AuditRecord record = record(Events.at(Instant.parse("2026-01-02T03:04:05.123456789Z")));
        assertThat(record.fields()).containsEntry("timestamp", "2026-01-02T03:04:05.123456Z");
        assertThat(AuditRecord.parse(record.toBytes()).event().timestamp())
                .isEqualTo(Instant.parse("2026-01-02T03:04:05.123456Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00.000001999Z, 1",
        "1969-12-31T23:59:59.999999Z, -1",
        "+1000000000-12-31T23:59:59.999999999Z, 9223372036854775807",
        "-1000000000-01-01T00:00:00Z, -9223372036854775808"
    })
    void microseconds_are_rounded_down_and_never_wrap(String instant, long micros) {
        assertThat(AuditRecord.micros(Instant.parse(instant))).isEqualTo(micros);
    }

    private static Map<String, Object> nested(int levels) {
        return levels == 1 ? Map.of("end", true) : Map.of("deeper", nested(levels - 1));
    }

    private static List<Object> lists(int levels) {
        return levels == 1 ? List.of(true) : List.of(lists(levels - 1));
    }

    @Test
    void metadata_may_be_as_deep_and_its_names_as_long_as_the_bounds() throws Exception {
        Map<String, Object> deepest = nested(AuditRecord.MOST_METADATA_DEPTH - 1);
        Map<String, Object> most = Map.of("n".repeat(AuditRecord.MOST_METADATA_NAME), deepest);
        assertThat(AuditRecord.parse(record(Events.withMetadata(most)).toBytes())
                        .event()
                        .metadata())
                .isEqualTo(most);
    }

    static Stream<AuditEvent> eventsWithoutAStoredForm() {
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("null", null);
        return Stream.of(
                Events.withMetadata(Map.of("fraction", 1.5)),
                Events.withMetadata(Map.of("object", new Object())),
                Events.withMetadata(nothing),
                Events.withMetadata(nested(AuditRecord.MOST_METADATA_DEPTH + 1)),
                Events.withMetadata(Map.of("lists", lists(AuditRecord.MOST_METADATA_DEPTH))),
                Events.withMetadata(Map.of("list", List.of(1.5))),
                Events.ofRule("half a pair \ud83d"),
                Events.withMetadata(Map.of("n".repeat(AuditRecord.MOST_METADATA_NAME + 1), 1L)),
                Events.withMetadata(Map.of("long", "x".repeat(AuditRecord.MOST_BYTES))),
                Events.ofUser("half a pair \ud83d"),
                Events.withMetadata(Map.of("half", "\ude00")),
                Events.withMetadata(Map.of("\ude00", "half")),
                Events.at(Instant.parse("+10000-01-01T00:00:00Z")),
                Events.at(Instant.parse("1969-12-31T23:59:59Z")));
    }

    @ParameterizedTest
    @MethodSource("eventsWithoutAStoredForm")
    void an_event_that_could_not_be_read_back_is_not_written(AuditEvent event) {
        assertThatThrownBy(() -> record(event).toBytes()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_record_may_be_exactly_as_long_as_the_bound() throws Exception {
        int frame = record(Events.withMetadata(Map.of("long", ""))).toBytes().length;
        String most = "x".repeat(AuditRecord.MOST_BYTES - frame);
        byte[] bytes = record(Events.withMetadata(Map.of("long", most))).toBytes();
        assertThat(bytes).hasSize(AuditRecord.MOST_BYTES);
        assertThat(AuditRecord.parse(bytes).event().metadata()).containsEntry("long", most);
        assertThatThrownBy(() -> AuditRecord.parse(
                        (new String(bytes, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format_version\":1 | \"format_version\":2",
                "\"format_version\":1 | \"format_version\":\"1\"",
                "\"sequence\":4 | \"sequence\":-4",
                "\"sequence\":4 | \"sequence\":4.0",
                "\"sequence\":4 | \"sequence\":4,\"more\":1",
                "\"role\":\"agent\", | ''",
                "\"role\":\"agent\" | \"role\":7",
                "\"role\" | \"rule\"",
                "\"llm_query\" | \"llm_guess\"",
                "\"allowed\" | \"ALLOWED\"",
                "[\"pii.email\"] | [1]",
                "[\"pii.email\"] | {}",
                "{\"prompt_length\":7} | []",
                "{\"prompt_length\":7} | {\"prompt_length\":null}",
                "12:00:07.000001Z | 12:00:07Z",
                "12:00:07.000001Z | 12:00:07.000001+01:00",
                "2026-11-22 | 2026-02-30",
                "00000000-0000-0001-0000-000000000007 | 0-0-1-0-7",
                "00000000-0000-0001-0000-000000000007 | x",
                "\"previous_hash\":\"0 | \"previous_hash\":\"F",
                "} | ''",
            })
    void bytes_that_are_no_record_are_refused(String part, String replacement) {
        assertThat(EXAMPLE).contains(part);
        byte[] bytes = EXAMPLE.replace(part, replacement).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> AuditRecord.parse(bytes))
                .isInstanceOf(UnreadableRecordException.class)
                .extracting(thrown -> ((UnreadableRecordException) thrown).isOfUnknownVersion())
                .isEqualTo(replacement.equals("\"format_version\":2"));
    }

    @Test
    void another_version_is_named_whatever_its_fields_are() {
        assertThatThrownBy(() -> AuditRecord.parse("{\"format_version\":9}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("format_version 9");
    }
}
