package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.identity.jwt.PrivateTokenKey;
import io.clawsec.identity.jwt.PrivateTokenKey.GeneratedPair;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packages for AWS Lambda under AWS's own runtime client: to the same request the same status, body and headers as the
 * all-in-one process, no invocation error whatever the event, and nothing of an event in a log.
 */
@Timeout(60)
class LambdaDoorIT {

    /** What both sides sign and verify tokens with. */
    private static final GeneratedPair KEYS = PrivateTokenKey.generate(new SecureRandom());

    private static final Map<String, String> SETTINGS = Map.of(
            "ALLOWED_ORIGINS", LambdaDoorRows.ORIGIN,
            "CLAWSEC_TOKEN_MODE", "development",
            "CLAWSEC_TOKEN_ALLOW_OPEN", "true");

    /** What a server or the time adds; the rest of a response is the contract's. */
    private static final Set<String> NOT_COMPARED =
            Set.of("date", "connection", "content-length", "transfer-encoding", "keep-alive");

    private static final Map<String, LambdaProcess> FUNCTIONS = new ConcurrentHashMap<>();
    private static final List<String> SECRETS = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static RunningClawSec container;

    @BeforeAll
    static void start() throws IOException {
        String privateKey = OwnerOnlyFile.write(folder, "private.pem", KEYS.privatePem());
        String publicKey = OwnerOnlyFile.write(folder, "public.pem", KEYS.publicPem());
        for (LambdaPackage each : LambdaPackage.ALL) {
            Map<String, String> own = new HashMap<>(SETTINGS);
            own.put("CLAWSEC_JWT_PUBLIC_KEYS_FILE", publicKey);
            if (each.function().equals("issue-token")) {
                own.put("CLAWSEC_JWT_PRIVATE_KEY_FILE", privateKey);
            }
            own.put("DATABASE_URL", LambdaStore.SCHEME + folder.resolve("lambda.db"));
            if (each.function().equals("audit")) {
                own.put("SPRING_CLOUD_FUNCTION_DEFINITION", "audit"); // chooses nothing
            }
            FUNCTIONS.put(each.function(), LambdaProcess.startWithStore(each, folder, own));
        }
        Map<String, String> one = new HashMap<>(SETTINGS);
        one.put("JWT_SECRET_KEY", "");
        one.put("CLAWSEC_JWT_PUBLIC_KEYS_FILE", publicKey);
        one.put("CLAWSEC_JWT_PRIVATE_KEY_FILE", privateKey);
        container = RunningClawSec.start(one);
        KEYS.privatePem().lines().filter(line -> !line.startsWith("-----")).forEach(SECRETS::add);
        SECRETS.add(ErrorTable.MARK);
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
            container.close();
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

    private static Ask known(Ask ask) {
        Ask marked = ask.with("X-Anything", ErrorTable.MARK);
        if (ask.role() == null) {
            return marked;
        }
        String token = container.token(ask.role());
        SECRETS.add(token);
        return new Ask(marked.method(), marked.target(), marked.headers(), marked.body(), null).bearer(token);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.clawsec.conformance.LambdaDoorRows#all")
    void both_doors_answer_the_same(LambdaDoorRows.Row row) {
        Ask ask = known(row.ask());
        Reply inContainer = container.send(ask);
        Reply onLambda = function(row.function()).send(ask);
        assertThat(onLambda.status()).as(onLambda.everything()).isEqualTo(row.status());
        ErrorTable.everyResponse(onLambda);
        assertThat(contract(onLambda)).isEqualTo(contract(inContainer));
    }

    /** What the contract says of a response: all but what time, chance and the server put into it. */
    private static List<String> contract(Reply reply) {
        List<String> lines = new ArrayList<>();
        for (Reply.Header header : reply.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!NOT_COMPARED.contains(name)) {
                lines.add(name + ": " + (name.equals("ratelimit-reset") ? "seconds" : header.value()));
            }
        }
        lines.sort(null);
        lines.add(0, "status " + reply.status());
        lines.add(reply.text().replaceAll("\"(timestamp|token|access_token)\":\"[^\"]*\"", "\"$1\":\"…\""));
        return lines.stream()
                .map(line -> line.replace(reply.header("X-Request-Id"), "request-id"))
                .toList();
    }

    static Stream<LambdaPackage> packages() {
        return LambdaPackage.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void no_path_and_no_header_reaches_anything_but_the_routes(LambdaPackage each) {
        for (String path : LambdaDoorRows.UNREACHABLE) {
            for (Ask ask : List.of(Ask.get(path), Ask.post(path).json("{\"prompt\":\"x\"}"))) {
                Ask routed = known(ask.with("spring.cloud.function.definition", "query")
                        .with("spring.cloud.function.routing-expression", "'query'"));
                Reply onLambda = function(each.function()).send(routed);
                assertThat(onLambda.status()).as(path).isEqualTo(404);
                assertThat(contract(onLambda)).isEqualTo(contract(container.send(routed)));
            }
        }
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
        Reply reply = function("query").sendEvent(event.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.everything()).isEqualTo(400);
        assertThat(reply.field("code")).isEqualTo("malformed_request");
        ErrorTable.everyResponse(reply);
    }

    @Test
    void a_named_stage_is_not_part_of_the_path() {
        Ask ask = known(Ask.post("/query").as("agent").json("{\"prompt\":\"hello\"}"));
        LambdaProcess query = function("query");
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

    /** The one difference that this door cannot mend: what the gateway decoded, nobody can see any more. */
    @Test
    void an_escaped_letter_of_a_path_is_the_letter_because_the_gateway_decoded_it() {
        Ask ask = known(Ask.post("/%71uery").as("agent").json("{\"prompt\":\"hello\"}"));
        assertThat(container.send(ask).status()).isEqualTo(404);
        assertThat(function("query").send(ask).status()).isEqualTo(200);
    }

    @Test
    void the_audit_has_the_address_that_the_gateway_saw() {
        Ask ask = known(Ask.post("/query").as("agent").json("{\"prompt\":\"hello\"}"))
                .with("X-Forwarded-For", "198.51.100.1")
                .with("Forwarded", "for=198.51.100.1");
        Reply answer = function("query").send(ask);
        Reply audit = function("audit")
                .send(known(Ask.get("/audit?request_id=" + answer.header("X-Request-Id"))
                        .as("auditor")));
        List<Map<String, @Nullable Object>> events = Clone.at(audit.json(), "events");
        assertThat(events).hasSize(1);
        assertThat(events.get(0))
                .containsEntry("event_type", "llm_query")
                .containsEntry("ip_address", HttpApiEvents.SOURCE_IP);
    }

    /** The package holds no store that lasts on Lambda: it says so and does not start. */
    @Test
    void a_package_without_a_store_does_not_start_and_says_why() throws IOException {
        Map<String, String> settings = Map.of("DATABASE_URL", "dynamodb://user:" + ErrorTable.MARK + "@x");
        Map<String, String> all = new HashMap<>(settings);
        all.put("CLAWSEC_JWT_PUBLIC_KEYS_FILE", folder.resolve("public.pem").toString());
        try (LambdaProcess bare = LambdaProcess.start(new LambdaPackage("admin"), folder.resolve("bare"), all)) {
            String reported = bare.runtime().awaitInitError();
            assertThat(bare.output()).contains("cannot start: DATABASE_URL names a store");
            assertThat(bare.output() + reported).doesNotContain(SECRETS);
        }
    }
}
