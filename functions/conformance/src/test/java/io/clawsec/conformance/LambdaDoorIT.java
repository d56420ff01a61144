package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packages for AWS Lambda under AWS's own runtime client, and events that no request makes: no invocation error
 * whatever the event, and nothing of an event in a log. What they answer to requests is {@link DoorsAgreeIT}'s.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class LambdaDoorIT {

    private static final Ask QUESTION = Ask.post("/query").json("{\"prompt\":\"hello\"}");

    private static final Map<String, LambdaProcess> FUNCTIONS = new ConcurrentHashMap<>();
    private static final List<String> SECRETS = new CopyOnWriteArrayList<>(List.of(ErrorTable.MARK));

    @TempDir
    private static Path folder;

    private static TokenKeyPair keys;

    @BeforeAll
    static void start() throws IOException {
        keys = TokenKeyPair.write(folder);
        keys.pair()
                .privatePem()
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .forEach(SECRETS::add);
        for (String function : List.of(Functions.ISSUE_TOKEN, Functions.QUERY, Functions.AUDIT)) {
            Map<String, String> settings =
                    new HashMap<>(function.equals(Functions.ISSUE_TOKEN) ? keys.signing() : keys.verifying());
            settings.put("CLAWSEC_TOKEN_MODE", "development");
            settings.put("CLAWSEC_TOKEN_ALLOW_OPEN", "true");
            settings.put("DATABASE_URL", LambdaStore.SCHEME + folder.resolve("lambda.db"));
            FUNCTIONS.put(function, LambdaProcess.startWithStore(new LambdaPackage(function), folder, settings));
        }
    }

    @AfterAll
    static void nothing_was_an_invocation_error_and_no_log_line_holds_anything_of_an_event() {
        try {
            FUNCTIONS.forEach((name, function) -> {
                assertThat(function.runtime().invocationErrors()).as(name).isEmpty();
                assertThat(function.output()).as("the log of " + name).doesNotContain(SECRETS);
                assertThat(function.output().lines()).as(name).allMatch(LambdaDoorIT::mayStandInALog);
            });
        } finally {
            FUNCTIONS.values().forEach(LambdaProcess::close);
        }
    }

    /** Our JSON lines, and two that Spring Cloud Function prints when it starts and nobody can switch off. */
    private static boolean mayStandInALog(String line) {
        try {
            Json.parseObject(line);
            return true;
        } catch (MalformedJsonException e) {
            return line.startsWith("======> SOURCE: class ");
        }
    }

    private static LambdaProcess function(String name) {
        LambdaProcess function = FUNCTIONS.get(name);
        if (function == null) {
            throw new AssertionError("no function " + name);
        }
        return function;
    }

    private static Ask known(Ask ask, String role) {
        Reply reply = function(Functions.ISSUE_TOKEN)
                .send(Ask.post("/token").json("{\"user_id\":\"alice\",\"role\":\"" + role + "\"}"));
        String token = reply.field("token");
        SECRETS.add(token);
        return ask.with("X-Anything", ErrorTable.MARK).bearer(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "{}",
                "{\"version\":\"1.0\",\"httpMethod\":\"GET\",\"path\":\"/health\"}",
                "{\"version\":\"2.0\",\"rawPath\":\"/health\"}",
                "{\"version\":\"2.0\",\"rawPath\":\"/health\",\"requestContext\":{}}",
                "{\"version\":\"2.0\",\"rawPath\":\"/health\",\"requestContext\":{\"http\":{}}}",
                "{\"version\":\"2.0\",\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
                "{\"version\":\"2.0\",\"rawPath\":7,\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
                "{\"version\":\"2.0\",\"rawPath\":\"/health\",\"headers\":[],\"requestContext\":{\"http\":{\"method\":\"GET\"}}}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
                "{\"payload\":\"x\"}"
            })
    void what_is_no_event_of_an_http_api_is_a_malformed_request(String event) {
        Reply reply = function(Functions.QUERY).sendEvent(event.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.everything()).isEqualTo(400);
        assertThat(reply.field("code")).isEqualTo("malformed_request");
        ErrorTable.everyResponse(reply);
    }

    @Test
    void a_named_stage_is_not_part_of_the_path() {
        Ask ask = known(QUESTION, "agent");
        LambdaProcess query = function(Functions.QUERY);
        assertThat(query.sendEvent(HttpApiEvents.event(ask, "/prod/query", "prod"))
                        .status())
                .isEqualTo(200);
        assertThat(query.sendEvent(HttpApiEvents.event(ask, "/prod/query", "$default"))
                        .status())
                .isEqualTo(404);
        assertThat(query.sendEvent(HttpApiEvents.event(ask, "/prodquery", "prod"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void the_audit_has_the_address_that_the_gateway_saw() {
        Ask ask =
                known(QUESTION, "agent").with("X-Forwarded-For", "198.51.100.1").with("Forwarded", "for=198.51.100.1");
        Reply answer = function(Functions.QUERY).send(ask);
        Reply audit = function(Functions.AUDIT)
                .send(known(Ask.get("/audit?request_id=" + answer.header("X-Request-Id")), "auditor"));
        List<Map<String, @Nullable Object>> events = Clone.at(audit.json(), "events");
        assertThat(events).hasSize(1);
        assertThat(events.get(0))
                .containsEntry("event_type", "llm_query")
                .containsEntry("ip_address", HttpApiEvents.SOURCE_IP);
    }

    @Test
    void an_export_comes_whole_or_says_that_it_is_too_long() {
        String window = AuditSeed.append(folder.resolve("lambda.db"), 3000, 7000);
        LambdaProcess audit = function(Functions.AUDIT);
        Ask ask = known(Ask.get("/audit/export?" + window), "auditor");
        assertThat(AuditExportIT.lines(audit.send(ask))).hasSize(3000);
        Reply tooLong = audit.send(known(Ask.get("/audit/export"), "auditor"));
        assertThat(tooLong.status()).as(tooLong.everything()).isEqualTo(413);
        assertThat(tooLong.field("code")).isEqualTo("answer_too_large");
        ErrorTable.everyResponse(tooLong);
        Reply events = audit.send(known(Ask.get("/audit?request_id=" + tooLong.header("X-Request-Id")), "auditor"));
        List<Map<String, @Nullable Object>> phases = Clone.at(events.json(), "events");
        assertThat(phases).hasSize(2);
        assertThat(phases.get(0)).containsEntry("outcome", "error");
        assertThat(Clone.<Map<String, @Nullable Object>>at(phases.get(0), "metadata"))
                .containsEntry("complete", false)
                .containsEntry("reason", "not_delivered");
    }

    /** A store that no package holds. */
    @Test
    void a_package_without_a_store_does_not_start_and_says_why() throws IOException {
        Map<String, String> settings = new HashMap<>(keys.verifying());
        settings.put("DATABASE_URL", "nosql://user:" + ErrorTable.MARK + "@x");
        try (LambdaProcess bare =
                LambdaProcess.start(new LambdaPackage(Functions.ADMIN), folder.resolve("bare"), settings)) {
            String reported = bare.runtime().awaitInitError();
            assertThat(bare.output()).contains("cannot start: DATABASE_URL names a store");
            assertThat(bare.output() + reported).doesNotContain(SECRETS);
        }
    }
}
