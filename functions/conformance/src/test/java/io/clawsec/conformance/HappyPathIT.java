package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.json.Json;
import io.clawsec.testkit.ScriptedModelBackend;
import io.clawsec.testkit.SeenRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every route answers when all is well: these fields and no others. */
@Timeout(60)
class HappyPathIT {

    private static final ScriptedModelBackend BACKEND = ScriptedModelBackend.start();
    private static final RunningClawSec SERVER = RunningClawSec.start(
            Map.of("LLM_API_URL", BACKEND.url().toString(), "LLM_API_KEY", "test-key", "LLM_MODEL", "gpt-test"));

    @AfterAll
    static void stop() {
        SERVER.close();
        BACKEND.close();
    }

    @BeforeEach
    void answerAsUsual() {
        BACKEND.forget();
        BACKEND.answer("Paris.");
    }

    private static Reply ask(String role, String prompt) {
        return SERVER.send(Ask.post("/query").as(role).json(body("prompt", prompt)));
    }

    private static String body(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new String(Json.write(fields), StandardCharsets.UTF_8);
    }

    private static Reply sound(Reply reply, String mediaType) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo(mediaType);
        ErrorTable.everyResponse(reply);
        return reply;
    }

    @Test
    void a_token_comes_with_what_it_is_good_for() {
        Reply reply = sound(
                SERVER.send(Ask.post("/token").json(body("user_id", "alice", "role", "agent"))), "application/json");
        assertThat(reply.json())
                .containsOnlyKeys("token", "token_type", "expires_in", "role", "permissions")
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 3600L)
                .containsEntry("role", "agent");
        assertThat((List<?>) reply.json().get("permissions")).hasToString("[query:submit, output:read]");
        assertThat(reply.all("RateLimit-Limit")).isEmpty();
    }

    @Test
    void an_answer_comes_with_what_was_done_to_it() {
        Reply reply = sound(ask("agent", "What is the capital of France?"), "application/json");
        assertThat(reply.json())
                .containsOnlyKeys(
                        "request_id",
                        "response",
                        "model",
                        "sanitized",
                        "policy_notes",
                        "pii_redacted",
                        "findings",
                        "usage",
                        "receipt")
                .containsEntry("request_id", reply.header("X-Request-Id"))
                .containsEntry("response", "Paris.")
                .containsEntry("model", "gpt-test")
                .containsEntry("sanitized", false)
                .containsEntry("policy_notes", null)
                .containsEntry("findings", List.of())
                .containsEntry("pii_redacted", Map.of("input", List.of(), "output", List.of()));
        assertThat(Clone.<Map<String, Object>>at(reply.json(), "usage"))
                .containsOnlyKeys("prompt_tokens", "completion_tokens", "cost_usd");
        assertThat(Clone.<Map<String, Object>>at(reply.json(), "receipt")).containsOnlyKeys("policy", "stages");
        assertThat(Clone.<String>at(reply.json(), "receipt", "policy")).startsWith(reply.header("X-Clawsec-Policy"));
        assertThat(reply.header("RateLimit-Limit")).isEqualTo("100");
        assertThat(reply.header("RateLimit-Remaining")).isEqualTo("99");
        assertThat(reply.header("RateLimit-Reset")).matches("[1-9][0-9]{0,3}");
        assertThat(BACKEND.lastRequest().header("Authorization")).contains("Bearer test-key");
    }

    @Test
    void what_the_caller_chooses_reaches_the_backend_and_nothing_else_does() {
        String token = SERVER.token("developer");
        SERVER.send(Ask.post("/query?x=y")
                .bearer(token)
                .with("X-Anything", "at all")
                .with("Cookie", "a=b")
                .json("{\"prompt\":\"Hello\",\"system_prompt\":\"Be brief.\",\"model\":\"small\",\"max_tokens\":7,"
                        + "\"temperature\":0.5}"));
        SeenRequest seen = BACKEND.lastRequest();
        assertThat(seen.body())
                .hasToString("{model=small, messages=[{role=system, content=Be brief.},"
                        + " {role=user, content=Hello}], max_tokens=7, temperature=0.5}");
        assertThat(seen.headers().keySet())
                .isSubsetOf(
                        "host",
                        "content-type",
                        "content-length",
                        "accept",
                        "user-agent",
                        "authorization",
                        "connection");
        assertThat(seen.headers().toString()).doesNotContain(token, "at all", "a=b");
    }

    @Test
    void personal_data_reaches_neither_the_backend_nor_the_caller() {
        BACKEND.answer("Write to bob@example.com, SSN 536-22-8726.");
        Reply reply = sound(ask("agent", "I am jane@example.com, SSN 123-45-6789"), "application/json");
        assertThat(BACKEND.lastRequest().lastUserMessage()).isEqualTo("I am [EMAIL-REDACTED], SSN [SSN-REDACTED]");
        assertThat(reply.field("response")).isEqualTo("Write to [EMAIL-REDACTED], SSN [SSN-REDACTED].");
        assertThat(reply.json()).containsEntry("sanitized", true);
        assertThat(Clone.<Map<String, List<String>>>at(reply.json(), "pii_redacted"))
                .hasToString("{input=[[EMAIL-REDACTED], [SSN-REDACTED]], output=[[EMAIL-REDACTED], [SSN-REDACTED]]}");
        List<Map<String, Object>> findings = Clone.at(reply.json(), "findings");
        assertThat(findings)
                .hasSize(4)
                .allSatisfy(finding -> assertThat(finding)
                        .containsOnlyKeys("rule", "category", "action", "stage", "field", "start", "end"));
        assertThat(reply.text()).doesNotContain("jane@", "bob@", "123-45", "536-22");
        assertThat(SERVER.events(reply.header("X-Request-Id")))
                .extracting(event -> event.get("event_type"))
                .containsExactlyInAnyOrder("llm_query", "pii_redacted", "pii_redacted");
    }

    @Test
    void a_secret_in_an_answer_is_redacted_and_the_answer_delivered() {
        BACKEND.answer("Use sk-abc123456789012345678901234567890 for it.");
        Reply reply = sound(ask("agent", "Which key?"), "application/json");
        assertThat(reply.field("response")).isEqualTo("Use [SECRET-REDACTED] for it.");
        assertThat(reply.json()).containsEntry("sanitized", true);
        assertThat(reply.field("policy_notes")).isNotBlank();
        assertThat(reply.text()).doesNotContain("sk-abc");
    }

    static Stream<String> oddTexts() {
        return Stream.of(
                "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\udde9\ud83c\uddf0",
                "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
                "e\u0301 \u0915\u094d\u0937\u093f Z\u0351\u036b\u0343\u0352",
                "a\u0000b\u0001c\u001fd\u007fe\u0085f",
                "\ud835\udd6c\ud800\udf48\udbff\udfff",
                "\ufeffBOM and \ufffe \uffff \ufffd",
                "line\nline\r\nline\u2028line\u2029\ttab",
                "\"quotes\" \\backslash\\ /slash/ </script> ${x} {{x}} %s %00",
                "\u00a0\u2003\u3000spaces\u200b\u2060",
                "\u0130\u0131\u017f\u212a \ufb01 \uff21");
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void odd_text_goes_to_the_backend_and_comes_back_as_it_was(String text) {
        BACKEND.answer(prompt -> prompt);
        for (String json : List.of(body("prompt", text), escaped(text))) {
            Reply reply = sound(SERVER.send(Ask.post("/query").as("agent").json(json)), "application/json");
            assertThat(BACKEND.lastRequest().lastUserMessage()).isEqualTo(text);
            assertThat(reply.field("response")).isEqualTo(text);
        }
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder("{\"prompt\":\"");
        text.chars().forEach(unit -> json.append(String.format("\\u%04x", unit)));
        return json.append("\"}").toString();
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void a_person_may_have_any_name_without_controls(String text) {
        String name = text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009f]", "");
        String token = SERVER.token(name, "agent");
        Reply reply = SERVER.send(Ask.post("/query").bearer(token).json(body("prompt", "Hello")));
        assertThat(SERVER.events(reply.header("X-Request-Id")).get(0)).containsEntry("user_id", name);
    }

    @Test
    void policy_and_roles_tell_what_is_in_force() {
        Reply policy = sound(SERVER.send(Ask.get("/policy").as("auditor")), "application/json");
        assertThat(policy.json())
                .containsOnlyKeys(
                        "injection_patterns_count",
                        "secret_patterns_count",
                        "pii_patterns_count",
                        "max_input_length",
                        "pii_filtering",
                        "output_sanitization",
                        "audit_all_queries",
                        "proxy_support",
                        "version",
                        "rules")
                .containsEntry("max_input_length", 32768L);
        List<Map<String, Object>> rules = Clone.at(policy.json(), "rules");
        assertThat(rules)
                .hasSizeGreaterThan(30)
                .allSatisfy(
                        rule -> assertThat(rule).containsOnlyKeys("id", "category", "action", "description", "mode"));
        Reply roles = sound(SERVER.send(Ask.get("/rbac/roles").as("administrator")), "application/json");
        assertThat(roles.json()).containsOnlyKeys("roles");
        assertThat(Clone.<Map<String, List<String>>>at(roles.json(), "roles"))
                .containsOnlyKeys("agent", "developer", "auditor", "administrator")
                .containsEntry("auditor", List.of("output:read", "policy:read", "audit:read", "metrics:read"));
    }

    @Test
    void health_and_metrics_are_at_both_ports_and_nothing_else_is_at_the_second() {
        Reply health = sound(SERVER.send(Ask.get("/health")), "application/json");
        assertThat(health.json())
                .containsOnlyKeys("status", "timestamp", "llm_mode", "llm_model", "version")
                .containsEntry("status", "ok")
                .containsEntry("llm_mode", "live")
                .containsEntry("llm_model", "gpt-test");
        assertThat(OffsetDateTime.parse(health.field("timestamp")))
                .isBetween(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1), OffsetDateTime.now(ZoneOffset.UTC));
        Reply ready = sound(SERVER.send(Ask.get("/health/ready")), "application/json");
        assertThat(ready.text()).isEqualTo("{\"status\":\"ready\",\"checks\":{\"audit\":\"ok\"}}");
        String text = "text/plain;version=0.0.4;charset=utf-8";
        assertThat(sound(SERVER.send(Ask.get("/metrics").as("auditor")), text).text())
                .contains("audit_events_total{");
        assertThat(sound(SERVER.sendToManagement(Ask.get("/metrics")), text).text())
                .contains("audit_events_total{");
        sound(SERVER.sendToManagement(Ask.get("/health")), "application/json");
        sound(SERVER.sendToManagement(Ask.get("/health/ready")), "application/json");
        for (Ask ask : List.of(
                Ask.post("/query").as("administrator").json(body("prompt", "Hello")),
                Ask.post("/token").json(body("user_id", "alice", "role", "agent")),
                Ask.get("/audit").as("auditor"),
                Ask.get("/policy").as("auditor"),
                Ask.get("/actuator"),
                Ask.get("/"))) {
            ErrorTable.holds(new ErrorRow(ask.target(), ask, 404, "not_found", null), SERVER.sendToManagement(ask));
        }
    }

    @Test
    void an_ordinary_client_keeps_its_connection() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        for (int i = 0; i < 3; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + SERVER.port() + "/query"))
                    .header("Authorization", "Bearer " + SERVER.token("agent"))
                    .POST(HttpRequest.BodyPublishers.ofString(body("prompt", "Hello")))
                    .build();
            var response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Connection")).isEmpty();
        }
    }
}
