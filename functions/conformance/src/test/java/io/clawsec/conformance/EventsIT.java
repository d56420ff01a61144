package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.audit.EventType;
import io.clawsec.conformance.AuditTail.Refusing;
import io.clawsec.conformance.AuditTail.Stored;
import io.clawsec.edge.http.Route;
import io.clawsec.edge.http.RouteTable;
import io.clawsec.testkit.ManyCallers;
import io.clawsec.testkit.ScriptedModelBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route, every outcome: exactly the events of the contract's table, and not one more. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class EventsIT {

    /** What the contract's table promises of routes that are not there yet. */
    private static final Set<EventType> OF_LATER_ROUTES =
            Set.of(EventType.TOKEN_REVOKED, EventType.AUDIT_PURGED, EventType.SUBJECT_ERASED);

    private static final Set<String> FIELDS = Set.of(
            "id",
            "timestamp",
            "event_type",
            "user_id",
            "role",
            "action",
            "resource",
            "outcome",
            "policy_violations",
            "metadata",
            "ip_address",
            "request_id",
            "format_version",
            "writer_id",
            "sequence",
            "previous_hash");

    /** What an event says was tried, by route. */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("POST /token", "token:issue"),
            Map.entry("POST /query", "query:submit"),
            Map.entry("POST /guard", "guard:call"),
            Map.entry("POST /policy/test", "policy:test"),
            Map.entry("GET /audit", "audit:read"),
            Map.entry("GET /audit/export", "audit:export"),
            Map.entry("GET /policy", "policy:read"),
            Map.entry("GET /rbac/roles", "rbac:manage"),
            Map.entry("GET /config", "config:read"),
            Map.entry("PATCH /config/llm", "config:change"),
            Map.entry("PATCH /config/policy", "config:change"),
            Map.entry("PATCH /config/server", "config:change"),
            Map.entry("POST /config/test", "config:test"),
            Map.entry("GET /metrics", "metrics:read"));

    private static final int SHORTEST_SECRET = 15;

    /** More than any limit below, twice. */
    private static final int MOST_UNTIL_LIMITED = 25;

    /** Of one address and minute, by the contract. */
    private static final int SINGLES = 20;

    private static final int STRANGERS = 30;

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    @TempDir
    static Path policy;

    private static ScriptedModelBackend backend;
    private static RunningClawSec server;
    private static AuditTail tail;

    @BeforeAll
    static void start() throws IOException, SQLException {
        String packaged = Clone.text(Clone.TOP.resolve("shared-policy/core/src/main/resources/policy/roles.yaml"));
        Files.writeString(policy.resolve("roles.yaml"), packaged + EventRows.MORE_ROLES);
        backend = ScriptedModelBackend.start().answer("An answer with " + MARK);
        server = RunningClawSec.start(Map.of(
                "LLM_API_URL", backend.url().toString(),
                "LLM_TIMEOUT", "1",
                "TRUSTED_PROXIES", "127.0.0.1",
                "CLAWSEC_DATA_KEY", "0f".repeat(32),
                "CLAWSEC_POLICY_DIR", policy.toString()));
        tail = new AuditTail(server.database());
    }

    @AfterAll
    static void stop() throws SQLException {
        tail.close();
        server.close();
        backend.close();
    }

    static Stream<EventRow> rows() {
        return EventRows.all(server);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_request_leaves_exactly_its_events(EventRow row) throws SQLException {
        List<Stored> events = left(server, row);
        assertThat(events).as("events").hasSameSizeAs(row.events());
    }

    /** Sends a row's request and holds what it left against the row, as far as there is something. */
    private static List<Stored> left(RunningClawSec asked, EventRow row) throws SQLException {
        String role = row.ask().role();
        Ask ask = role == null ? row.ask() : row.ask().as(null).bearer(server.token(row.user(), role));
        if (row.backend() != null) {
            backend.next(row.backend());
        }
        String address = address();
        tail.next();
        Reply reply = sent(asked, row, ask.with("X-Forwarded-For", address));
        List<Stored> events = tail.next();
        assertThat(reply.status()).as(reply.everything()).isEqualTo(row.status());
        for (int i = 0; i < Math.min(events.size(), row.events().size()); i++) {
            Map<String, @Nullable Object> event = events.get(i).fields();
            row.events().get(i).holds(event, row);
            assertThat(event.keySet()).map(String::valueOf).containsExactlyInAnyOrderElementsOf(FIELDS);
            assertThat(event)
                    .containsEntry("action", ACTIONS.get(row.route()))
                    .containsEntry("resource", row.route().split(" ", 2)[1])
                    .containsEntry("request_id", reply.header("X-Request-Id"))
                    .containsEntry("ip_address", address);
            assertThat(confidential(ask)).noneMatch(events.get(i).text()::contains);
        }
        return events;
    }

    private static Reply sent(RunningClawSec asked, EventRow row, Ask ask) throws SQLException {
        if (row.refused() == null) {
            return asked.send(ask);
        }
        try (Refusing refusing = tail.refuseInserts(row.refused())) {
            return asked.send(ask);
        }
    }

    /** What stands in a request and may stand in no event: the mark, and every part of a token. */
    private static List<String> confidential(Ask ask) {
        Stream<String> parts = ask.headers().stream()
                .filter(header -> header.startsWith("Authorization:"))
                .flatMap(header -> Stream.of(header.split("[ .,]")))
                .filter(part -> part.length() > SHORTEST_SECRET);
        return Stream.concat(Stream.of(MARK), parts.filter(part -> !part.equals("Authorization:")))
                .toList();
    }

    /** One nobody else has: the strangers of each row are the first of their address. */
    private static String address() {
        int number = ADDRESSES.incrementAndGet();
        return "198.18." + number / 250 + "." + (number % 250 + 1);
    }

    static Stream<EventRow> overTheirLimit() {
        ExpectedEvent limited = ExpectedEvent.denied("rate_limited", "limit", "retry_after_seconds");
        return Stream.of(
                new EventRow("too often", EventRows.query(MARK).as("single"), "single", 429, limited),
                new EventRow(
                        "too often",
                        Ask.post("/guard").json("{\"text\":\"" + MARK + "\"}").as("single"),
                        "single",
                        429,
                        limited),
                new EventRow("too often", Ask.post("/config/test").as("administrator"), "administrator", 429, limited));
    }

    /** A window of the clock may end meanwhile; then it takes as many again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("overTheirLimit")
    void a_request_over_its_limit_leaves_that(EventRow row) throws SQLException {
        Ask ask = row.ask().as(null).bearer(server.token(row.user(), String.valueOf(row.role())));
        int sent = 0;
        while (server.send(ask).status() != 429) {
            assertThat(sent++).isLessThan(MOST_UNTIL_LIMITED);
        }
        assertThat(left(server, row)).hasSize(1);
    }

    @Test
    void whoever_reads_the_audit_leaves_one_event_a_minute_through_all_processes() throws SQLException {
        try (RunningClawSec other = server.another(Map.of())) {
            Ask ask = Ask.get("/audit?limit=1").bearer(server.token("auditor"));
            tail.next();
            long before = minute();
            List<Integer> statuses = ManyCallers.run(
                    16, caller -> (caller % 2 == 0 ? server : other).send(ask).status());
            statuses.forEach(status -> assertThat(status).isEqualTo(200));
            assertThat(server.send(ask).status()).isEqualTo(200);
            assertThat(other.send(ask).status()).isEqualTo(200);
            long minutes = minute() - before + 1;
            assertThat(tail.next())
                    .hasSizeBetween(1, (int) minutes)
                    .allSatisfy(event -> assertThat(event.fields()).containsEntry("event_type", "audit_read"));
        }
    }

    private static long minute() {
        return System.currentTimeMillis() / 60_000;
    }

    @Test
    void of_strangers_the_first_of_an_address_are_events_and_the_rest_one_count() throws SQLException {
        Ask bad = EventRows.query(MARK).bearer(MARK).with("X-Forwarded-For", address());
        long before = minute();
        tail.next();
        try (RunningClawSec other = server.another(Map.of())) {
            for (int i = 0; i < STRANGERS; i++) {
                assertThat(other.send(bad).status()).isEqualTo(401);
            }
            long minutes = minute() - before + 1;
            assertThat(tail.next()).hasSizeBetween(SINGLES, (int) (minutes * (SINGLES + 1)));
        }
        List<Stored> counts = tail.next();
        assertThat(counts).as("with the end of the process").hasSize(1);
        assertThat(counts.get(0).text()).doesNotContain(MARK);
        assertThat(Clone.<Map<String, Object>>at(counts.get(0).fields(), "metadata"))
                .containsOnlyKeys("count", "minute");
    }

    @Test
    void where_tokens_are_not_issued_the_attempt_is_told() throws SQLException {
        Ask ask = Ask.post("/token").json("{\"user_id\":\"alice\",\"role\":\"agent\"}");
        try (RunningClawSec off = server.another(Map.of("CLAWSEC_TOKEN_MODE", "off"))) {
            ExpectedEvent refused = ExpectedEvent.denied("token_refused", "code=token_issuing_refused");
            EventRow row = new EventRow("off", ask, null, 403, refused.naming(ExpectedEvent.Of.NOBODY));
            assertThat(left(off, row)).hasSize(1);
        }
    }

    @Test
    void without_a_backend_a_trial_is_told_too() throws SQLException {
        try (RunningClawSec mock = RunningClawSec.start();
                AuditTail ofMock = new AuditTail(mock.database())) {
            Ask test = Ask.post("/config/test").bearer(mock.token("administrator"));
            ofMock.next();
            assertThat(mock.send(test).status()).isEqualTo(200);
            assertThat(ofMock.next())
                    .singleElement()
                    .satisfies(event -> assertThat(event.text()).contains("\"config_tested\"", "\"mode\":\"mock\""));
        }
    }

    @Test
    void the_management_port_and_what_is_no_http_leave_nothing() throws SQLException {
        tail.next();
        for (String path : List.of("/health", "/health/ready", "/metrics", "/query", "/" + MARK)) {
            server.sendToManagement(Ask.get(path));
            server.sendToManagement(Ask.post(path));
        }
        for (String raw : List.of("GET /%zz HTTP/1.1\r\n\r\n", "GET /query HTTP/9.9\r\nHost: localhost\r\n\r\n")) {
            assertThat(server.send(raw.getBytes(StandardCharsets.US_ASCII)).status())
                    .isEqualTo(400);
        }
        assertThat(tail.next()).isEmpty();
    }

    /** A body that is too slow takes ten seconds to be: its event is in {@link SlowClientsIT}. */
    @Test
    void the_table_has_every_route_and_every_way_to_fail_there() {
        Map<String, Set<Integer>> statuses = rows().collect(Collectors.groupingBy(
                EventRow::route, Collectors.mapping(EventRow::status, Collectors.toSet())));
        for (Route route : RouteTable.ALL) {
            Set<Integer> expected = new TreeSet<>(Set.of(200, 403));
            if (!route.path().equals("/token")) {
                expected.add(401);
            }
            if (route.body() != Route.BodyKind.NONE) {
                expected.addAll(List.of(400, 413, 415, 422));
            }
            assertThat(statuses.getOrDefault(route.method() + " " + route.path(), Set.of()))
                    .as(route.method() + " " + route.path())
                    .containsAll(expected);
            assertThat(statuses.get("DELETE " + route.path())).contains(405);
            assertThat(statuses.get("OPTIONS " + route.path())).contains(204);
        }
    }

    @Test
    void the_table_has_every_type_of_event() {
        Set<String> types = Stream.concat(rows(), overTheirLimit())
                .flatMap(row -> row.events().stream())
                .map(ExpectedEvent::type)
                .collect(Collectors.toSet());
        assertThat(Stream.of(EventType.values()).filter(type -> !OF_LATER_ROUTES.contains(type)))
                .extracting(EventType::wireName)
                .containsExactlyInAnyOrderElementsOf(types);
    }
}
