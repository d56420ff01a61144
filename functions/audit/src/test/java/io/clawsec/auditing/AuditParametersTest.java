package io.clawsec.auditing;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.AuditQuery;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.json.FieldError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditParametersTest {

    private static Object read(Map<String, List<String>> parameters) {
        return AuditParameters.<Object>read(parameters, query -> query, errors -> errors);
    }

    private static List<String> wrong(Map<String, List<String>> parameters) {
        return AuditParameters.read(
                parameters,
                query -> List.of(),
                errors -> errors.stream().map(FieldError::field).toList());
    }

    @Test
    void without_parameters_it_is_the_newest_hundred() {
        assertThat(read(Map.of())).isEqualTo(AuditQuery.newest(100));
    }

    @Test
    void every_filter_is_read() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        parameters.put("limit", List.of("1000"));
        parameters.put("cursor", List.of("opaque"));
        parameters.put("event_type", List.of("llm_query"));
        parameters.put("user_id", List.of("alice"));
        parameters.put("outcome", List.of("denied"));
        parameters.put("request_id", List.of("00000000-0000-0000-0000-000000000007"));
        parameters.put("from", List.of("2026-03-01T12:00:00Z"));
        parameters.put("to", List.of("2026-03-01T14:00:00.5+01:00"));
        assertThat(read(parameters))
                .isEqualTo(new AuditQuery(
                        1000,
                        "opaque",
                        EventType.LLM_QUERY,
                        "alice",
                        EventOutcome.DENIED,
                        new UUID(0, 7),
                        Instant.parse("2026-03-01T12:00:00Z"),
                        Instant.parse("2026-03-01T13:00:00.5Z")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "limit,      0",
                "limit,      1001",
                "limit,      -1",
                "limit,      +5",
                "limit,      1e2",
                "limit,      99999999999999999999",
                "limit,      ' 5'",
                "limit,      ١٢",
                "limit,      ''",
                "cursor,     ''",
                "event_type, LLM_QUERY",
                "event_type, llm",
                "event_type, '*'",
                "user_id,    ''",
                "outcome,    Allowed",
                "request_id, 7",
                "request_id, 0-0-0-0-7",
                "request_id, 00000000-0000-0000-0000-00000000000g",
                "from,       2026-03-01",
                "from,       2026-03-01T12:00:00",
                "from,       yesterday",
                "to,         2026-02-30T12:00:00Z",
                "to,         1234567890",
                "offset,     10",
                "Limit,      10",
            })
    void a_wrong_value_is_told_by_its_name(String name, String value) {
        assertThat(wrong(Map.of(name, List.of(value)))).containsExactly(name);
    }

    @Test
    void a_parameter_stands_once() {
        assertThat(wrong(Map.of("limit", List.of("1", "1")))).containsExactly("limit");
    }

    @Test
    void a_value_has_512_characters_at_most() {
        assertThat(wrong(Map.of("user_id", List.of("a".repeat(512))))).isEmpty();
        assertThat(wrong(Map.of("user_id", List.of("a".repeat(513))))).containsExactly("user_id");
    }

    @Test
    void everything_wrong_is_told_at_once() {
        assertThat(wrong(Map.of("limit", List.of("x"), "from", List.of("x"), "nonsense", List.of("x"))))
                .containsExactlyInAnyOrder("limit", "from", "nonsense");
    }
}
