package io.clawsec.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.access.AccessPolicy;
import io.clawsec.call.Answer;
import io.clawsec.call.AnswerStream;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Envelope;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.edge.http.OutgoingResponse.Header;
import io.clawsec.json.JsonObject;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RecordedSpan;
import io.clawsec.testkit.RoleTokens;
import io.clawsec.testkit.TraceRecorder;
import io.clawsec.usage.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every door says, whichever function stands behind it. */
class DoorTest {

    private static final UUID ID = new UUID(0, 7);
    private static final String POLICY = "0123456789abcdef".repeat(4);
    private static final AccessPolicy ACCESS = PolicyFiles.packaged().load().access();
    private static final Outcome OK = Answer.json(new JsonObject().with("ok", true));

    private final List<Call> calls = new ArrayList<>();
    private final List<String> functions = new ArrayList<>();
    private final InMemoryAudit audit = new InMemoryAudit();
    private final TraceRecorder trace = new TraceRecorder();

    private Door door(Function<Call, Outcome> function, Set<String> origins) {
        Envelope envelope = new Envelope(
                new RoleTokens(ACCESS), ACCESS, audit, Metrics.none(), new FixedClock(Instant.EPOCH), UUID::randomUUID);
        OwnRoutes.MetricsPage page = new OwnRoutes.MetricsPage() {
            @Override
            public byte[] scrape() {
                return "llm_requests_total 1\n".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String mediaType() {
                return "text/plain";
            }
        };
        return new Door(
                new RouteTable(Set.of("issueToken", "query", "audit")),
                name -> {
                    functions.add(name);
                    return call -> {
                        calls.add(call);
                        return function.apply(call);
                    };
                },
                new OwnRoutes(
                        () -> new JsonObject().with("status", "ok"),
                        new Readiness(Map.of(), new AtomicLong()::get),
                        page,
                        () -> envelope),
                new ClientAddress(List.of()),
                new Cors(origins),
                () -> POLICY,
                () -> ID,
                trace);
    }

    private Door door() {
        return door(call -> OK, Set.of());
    }

    private static IncomingRequest request(String method, String path, Map<String, List<String>> headers) {
        return new IncomingRequest(method, path, null, headers, most -> new byte[0], "192.0.2.1");
    }

    private static IncomingRequest request(String method, String path) {
        return request(method, path, Map.of());
    }

    private static @Nullable String header(OutgoingResponse response, String name) {
        return response.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse(null);
    }

    private static String text(OutgoingResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /query, query,      SUBMIT_QUERY",
        "POST, /guard, query,      CALL_GUARD",
        "POST, /token, issueToken, ISSUE_TOKEN",
        "GET,  /audit, audit,      READ_AUDIT"
    })
    void a_route_leads_to_its_function(String method, String path, String function, Operation operation) {
        OutgoingResponse response = door().answer(request(method, path));
        assertThat(response.status()).isEqualTo(200);
        assertThat(functions).containsExactly(function);
        assertThat(calls).extracting(Call::operation).containsExactly(operation);
        assertThat(calls).extracting(Call::requestId).containsExactly(ID);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,    /query,          200",
        "POST,    /nothing,        404",
        "POST,    /token/,         404",
        "GET,     /metrics,        403",
        "GET,     /health,         200",
        "GET,     /health/ready,   200",
        "DELETE,  /query,          405",
        "TRACE,   /query,          405",
        "OPTIONS, /query,          405",
    })
    void every_response_has_the_common_headers(String method, String path, int status) {
        OutgoingResponse response = door().answer(request(
                method, path, Map.of("x-request-id", List.of("mine"), "x-b3-traceid", List.of("theirs"))));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers())
                .contains(
                        new Header("X-Request-Id", ID.toString()),
                        new Header("X-Clawsec-Policy", "0123456789abcdef"),
                        new Header("Cache-Control", "no-store"),
                        new Header("X-Content-Type-Options", "nosniff"));
        assertThat(response.headers().toString() + text(response)).doesNotContain("mine", "theirs");
        assertThat(response.headers()).extracting(Header::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/query/",
                "//query",
                "/Query",
                "/query;a=b",
                "/%71uery",
                "/query%2F",
                "/./query",
                "/query,audit",
                "",
                "/",
                "/function/query",
                "/admin",
                "/policy",
                "/health/",
                "/metrics/x"
            })
    void paths_match_exactly_and_only_those_of_functions_that_are_here(String path) {
        OutgoingResponse response = door().answer(request("POST", path));
        assertThat(response.status()).isEqualTo(404);
        assertThat(text(response)).contains("\"code\":\"not_found\"", ID.toString());
        assertThat(functions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, /query, POST", "PUT, /audit, GET", "HEAD, /audit, GET", "POST, /health, GET", "GET, /token, POST"
    })
    void a_wrong_method_names_those_there_are(String method, String path, String allowed) {
        OutgoingResponse response = door().answer(request(method, path));
        assertThat(response.status()).isEqualTo(405);
        assertThat(header(response, "Allow")).isEqualTo(allowed);
        assertThat(functions).isEmpty();
    }

    @Test
    void a_malformed_query_string_reaches_the_function_as_a_body_to_refuse() {
        IncomingRequest request =
                new IncomingRequest("GET", "/audit", "user_id=%zz", Map.of(), most -> new byte[0], "192.0.2.1");
        OutgoingResponse response = door(
                        call -> call.body()
                                .get()
                                .fold(json -> Answer.json(new JsonObject()), Body.Unacceptable::refusal),
                        Set.of())
                .answer(request);
        assertThat(response.status()).isEqualTo(400);
        assertThat(text(response)).contains("malformed_request").doesNotContain("%zz");
    }

    @Test
    void a_function_that_throws_is_a_500_without_its_message() {
        OutgoingResponse response = door(
                        call -> {
                            throw new IllegalStateException("secret");
                        },
                        Set.of())
                .answer(request("POST", "/query"));
        assertThat(response.status()).isEqualTo(500);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(text(response)).contains("internal_error", ID.toString()).doesNotContain("secret", "Exception");
    }

    @Test
    void a_metered_answer_says_where_the_caller_stands() {
        Quota quota = new Quota(100, 42, 1800);
        OutgoingResponse response =
                door(call -> Answer.json(new JsonObject(), quota), Set.of()).answer(request("POST", "/query"));
        assertThat(header(response, "RateLimit-Limit")).isEqualTo("100");
        assertThat(header(response, "RateLimit-Remaining")).isEqualTo("42");
        assertThat(header(response, "RateLimit-Reset")).isEqualTo("1800");
        assertThat(header(response, "Retry-After")).isNull();

        Refusal limited = new Refusal(Refusal.Code.RATE_LIMITED, "Later.").metered(new Quota(100, 0, 60));
        OutgoingResponse refused = door(call -> limited, Set.of()).answer(request("POST", "/query"));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(header(refused, "Retry-After")).isEqualTo("60");
        assertThat(header(refused, "RateLimit-Remaining")).isEqualTo("0");
    }

    @Test
    void a_refusal_of_a_token_carries_oauths_error_and_others_do_not() {
        Refusal unknown = new Refusal(Refusal.Code.UNKNOWN_ROLE, "There is no such role.");
        Door door = door(call -> unknown, Set.of());
        assertThat(text(door.answer(request("POST", "/token")))).contains("\"error\":\"invalid_scope\"");
        assertThat(text(door.answer(request("POST", "/query")))).doesNotContain("\"error\"");
    }

    @ParameterizedTest
    @EnumSource(
            value = Refusal.Code.class,
            names = {"AUDIT_UNAVAILABLE", "LIMITS_UNAVAILABLE", "SETTINGS_UNAVAILABLE", "GUARD_UNAVAILABLE"})
    void who_is_refused_a_token_for_the_moment_is_told_that_the_request_was_well(Refusal.Code code) {
        OutgoingResponse response =
                door(call -> new Refusal(code, "Not now."), Set.of()).answer(request("POST", "/token"));
        assertThat(response.status()).isEqualTo(503);
        assertThat(text(response)).contains("\"error\":\"temporarily_unavailable\"");
    }

    @Test
    void a_stream_leaves_piece_by_piece() throws Exception {
        AnswerStream stream = new AnswerStream(
                "application/x-ndjson", sink -> sink.piece("{}\n".getBytes(StandardCharsets.UTF_8)), null);
        OutgoingResponse response = door(call -> stream, Set.of()).answer(request("GET", "/audit"));
        List<byte[]> pieces = new ArrayList<>();
        assertThat(response.stream()).isNotNull();
        if (response.stream() != null) {
            response.stream().writeTo(pieces::add);
        }
        assertThat(pieces).hasSize(1);
        assertThat(header(response, "Content-Type")).isEqualTo("application/x-ndjson");
    }

    @Test
    void a_request_that_reaches_a_function_has_a_span_that_it_is_handed_and_that_ends_with_the_answer() {
        Door door = door(
                call -> {
                    RecordedSpan span = (RecordedSpan) call.span();
                    assertThat(span.name()).isEqualTo("POST /query");
                    assertThat(span.ends()).isZero();
                    return OK;
                },
                Set.of());
        door.answer(request("POST", "/query"));
        RecordedSpan span = trace.only("POST /query");
        assertThat(span.attributes()).isEqualTo(Map.of(SpanAttribute.HTTP_STATUS, 200L));
        assertThat(span.failure()).isNull();
        assertThat(span.ends()).isEqualTo(1);
    }

    @Test
    void what_reaches_no_function_has_no_span() {
        Door door = door();
        door.answer(request("GET", "/health"));
        door.answer(request("GET", "/metrics"));
        door.answer(request("GET", "/query"));
        door.answer(request("GET", "/nowhere"));
        door.answer(request("OPTIONS", "/query", Map.of("origin", List.of("https://a.example"))));
        door.answerManagement(request("GET", "/metrics"));
        assertThat(trace.spans()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_TOKEN,     401, -",
        "POLICY_VIOLATION,  400, -",
        "RATE_LIMITED,      429, -",
        "UPSTREAM_FAILED,   502, upstream_failed",
        "UPSTREAM_TIMEOUT,  504, upstream_timeout",
        "AUDIT_UNAVAILABLE, 503, audit_unavailable",
        "INTERNAL_ERROR,    500, internal_error"
    })
    void a_span_fails_by_the_refusal_s_code_where_the_fault_is_ours(Refusal.Code code, long status, String failure) {
        door(call -> new Refusal(code, "Whatever."), Set.of()).answer(request("POST", "/query"));
        RecordedSpan span = trace.only("POST /query");
        assertThat(span.attributes()).containsEntry(SpanAttribute.HTTP_STATUS, status);
        assertThat(String.valueOf(span.failure())).isEqualTo(failure.equals("-") ? "null" : failure);
        assertThat(span.ends()).isEqualTo(1);
    }

    @Test
    void a_function_that_throws_ends_its_span_as_a_failure() {
        Door door = door(
                call -> {
                    throw new IllegalStateException("a bug");
                },
                Set.of());
        assertThat(door.answer(request("POST", "/query")).status()).isEqualTo(500);
        RecordedSpan span = trace.only("POST /query");
        assertThat(span.attributes()).containsEntry(SpanAttribute.HTTP_STATUS, 500L);
        assertThat(span.failure()).isEqualTo("java.lang.IllegalStateException");
        assertThat(span.ends()).isEqualTo(1);
    }

    @Test
    void the_span_of_a_stream_ends_with_its_last_piece_on_whichever_thread() throws Exception {
        AnswerStream stream = new AnswerStream(
                "application/x-ndjson",
                sink -> {
                    assertThat(trace.only("GET /audit").ends()).isZero();
                    sink.piece(new byte[1]);
                },
                null);
        OutgoingResponse response = door(call -> stream, Set.of()).answer(request("GET", "/audit"));
        assertThat(trace.only("GET /audit").ends()).isZero();
        Thread another = new Thread(() -> {
            try {
                Objects.requireNonNull(response.stream()).writeTo(piece -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        another.start();
        another.join();
        assertThat(trace.only("GET /audit").ends()).isEqualTo(1);
        assertThat(trace.only("GET /audit").failure()).isNull();
    }

    @Test
    void a_stream_that_breaks_off_fails_its_span() {
        AnswerStream stream = new AnswerStream("application/x-ndjson", sink -> sink.piece(new byte[1]), null);
        OutgoingResponse response = door(call -> stream, Set.of()).answer(request("GET", "/audit"));
        assertThatThrownBy(() -> Objects.requireNonNull(response.stream()).writeTo(piece -> {
                    throw new IOException("the client has gone");
                }))
                .hasMessage("the client has gone");
        assertThat(trace.only("GET /audit").failure()).isEqualTo("java.io.IOException");
        assertThat(trace.only("GET /audit").ends()).isEqualTo(1);
    }

    @Test
    void metrics_need_a_token_at_the_api_port_and_none_at_the_management_port() {
        Door door = door();
        assertThat(door.answer(request("GET", "/metrics")).status()).isEqualTo(403);
        assertThat(door.answer(bearing("agent")).status()).isEqualTo(403);
        assertThat(door.answer(bearing("nobody")).status()).isEqualTo(401);
        assertThat(text(door.answer(bearing("auditor")))).isEqualTo("llm_requests_total 1\n");
        assertThat(audit.events()).hasSize(3);
        assertThat(text(door.answerManagement(request("GET", "/metrics")))).isEqualTo("llm_requests_total 1\n");
        assertThat(door.answerManagement(request("GET", "/health")).status()).isEqualTo(200);
        assertThat(door.answerManagement(request("POST", "/health")).status()).isEqualTo(405);
        assertThat(door.answerManagement(request("POST", "/query")).status()).isEqualTo(404);
        assertThat(door.answerManagement(request("POST", "/token")).status()).isEqualTo(404);
        assertThat(functions).isEmpty();
    }

    private static IncomingRequest bearing(String token) {
        return request("GET", "/metrics", Map.of("authorization", List.of("Bearer " + token)));
    }

    @Test
    void a_preflight_is_answered_without_any_function() {
        Door door = door(call -> OK, Set.of("https://app.example"));
        OutgoingResponse response = door.answer(preflight("https://app.example"));
        assertThat(response.status()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Methods")).isEqualTo("POST");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        OutgoingResponse foreign = door.answer(preflight("https://evil.example"));
        assertThat(foreign.status()).isEqualTo(204);
        assertThat(foreign.headers()).extracting(Header::name).noneMatch(name -> name.startsWith("Access-Control"));
        assertThat(functions).isEmpty();
    }

    private static IncomingRequest preflight(String origin) {
        return request(
                "OPTIONS",
                "/query",
                Map.of("origin", List.of(origin), "access-control-request-method", List.of("POST")));
    }
}
