package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.call.Refusal;
import io.clawsec.edge.http.Route;
import io.clawsec.edge.http.RouteTable;
import io.clawsec.testkit.ManyCallers;
import io.clawsec.testkit.ScriptedModelBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every request of one table through every door: the all-in-one process; each function's own process, four of them on
 * SQLite, four on PostgreSQL, four on DynamoDB; each function's package under AWS's runtime client. Each door has to answer
 * what the table says, and all of them the same; and each store has to hold the same events in the end.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class DoorsAgreeIT {

    /** Codes that no request can bring about, whichever door it comes through. */
    private static final Map<String, String> NOT_IN_THE_TABLE = Map.of(
            "internal_error", "needs a bug",
            "answer_too_large", "needs more events than a row should make, and only Lambda carries no more than 4 MB",
            "request_timeout", "needs a client that is slow, and a gateway waits for it in the function's stead");

    private static final ScriptedModelBackend BACKEND = ScriptedModelBackend.start();
    private static final List<DoorRow> SENT = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static Doors doors;

    @BeforeAll
    static void start() throws IOException {
        BACKEND.answer(prompt -> prompt);
        doors = Doors.open(folder, BACKEND.url());
    }

    @AfterAll
    static void stores_hold_the_same_events_and_no_log_holds_anything_of_a_request() {
        try {
            tell();
            storesHoldTheSame();
            List<String> secrets = secrets();
            for (Door door : doors.all()) {
                assertThat(door.output()).as("what %s wrote", door).doesNotContain(secrets);
            }
            assertThat(doors.invocationErrors()).isEmpty();
        } finally {
            doors.close();
            BACKEND.close();
        }
    }

    private static void tell() {
        System.out.println("DoorsAgreeIT: " + SENT.size() + " rows");
        for (Door door : doors.all()) {
            int requests =
                    door.sent().values().stream().mapToInt(Integer::intValue).sum();
            System.out.println("DoorsAgreeIT: " + requests + " requests through " + door + " " + door.sent());
        }
        SENT.stream()
                .filter(row -> !row.unlike().equals(Unlike.NOTHING))
                .forEach(row -> System.out.println("DoorsAgreeIT: not alike: " + row));
    }

    /** Chains that hold, and of every answer the events that it has where the other stores are. */
    private static void storesHoldTheSame() {
        Map<String, KeptEvents> byDoor = new LinkedHashMap<>();
        for (Door door : doors.all()) {
            KeptEvents kept = KeptEvents.of(door);
            System.out.println("DoorsAgreeIT: " + door + " left " + kept.verification());
            assertThat(kept.verification().problems())
                    .as("the audit of %s", door)
                    .isEmpty();
            assertThat(kept.ofNoAnswer())
                    .as("events of %s that nobody asked for", door)
                    .isEmpty();
            if (door.isOfServersApart()) {
                byDoor.put(door.toString(), kept);
            }
        }
        Map<String, Integer> expected = byDoor.values().iterator().next().ofAnswers();
        assertThat(expected.keySet())
                .filteredOn(answered -> answered.startsWith("POST /query → 200"))
                .isNotEmpty()
                .allMatch(answered -> answered.contains("llm_query allowed"));
        byDoor.forEach((door, kept) ->
                assertThat(kept.ofAnswers()).as("the events of %s", door).isEqualTo(expected));
    }

    /** What no log may hold: a mark that is in every request, keys, and the beginning of every token. */
    private static List<String> secrets() {
        Stream<String> privateKey = doors.keys().pair().privatePem().lines().filter(line -> !line.startsWith("-----"));
        Stream<String> stores = doors.all().stream().flatMap(door -> door.store().secrets().stream());
        Stream<String> others = Stream.of(ErrorTable.MARK, Doors.BACKEND_KEY, Doors.SAVED_KEY, "eyJ");
        return Stream.of(privateKey, stores, others).flatMap(each -> each).toList();
    }

    static Stream<DoorRow> rows() {
        return DoorRows.all(doors.keys().pair());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void every_door_answers_what_the_table_says_and_all_the_same(DoorRow row) {
        SENT.add(row);
        BACKEND.forget();
        List<Door> asked = doors.all().stream().filter(row::goesThrough).toList();
        if (row.backend() != null) {
            asked.forEach(door -> BACKEND.next(row.backend()));
        }
        List<List<Reply>> replies = ManyCallers.run(asked.size(), number -> row.sendThrough(asked.get(number)));
        String expected = row.compared(asked.get(0), replies.get(0).get(0));
        for (int i = 0; i < asked.size(); i++) {
            Door door = asked.get(i);
            for (Reply reply : replies.get(i)) {
                holds(row, door, reply);
                String compared = row.compared(door, reply);
                if (!compared.isEmpty()) {
                    assertThat(compared)
                            .as("%s, against %s: %s", door, asked.get(0), row)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static void holds(DoorRow row, Door door, Reply reply) {
        try {
            row.holds(door, reply);
        } catch (AssertionError e) {
            throw new AssertionError(door + " does not answer as the table says: " + row, e);
        }
    }

    @Test
    void the_table_has_every_route_every_status_and_every_code() {
        List<DoorRow> rows = rows().toList();
        assertThat(rows.size()).isGreaterThan(150);
        assertThat(rows.stream().map(DoorRow::status).collect(Collectors.toSet()))
                .contains(200, 204, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 502, 503, 504);
        assertThat(rows.stream()
                        .map(DoorRow::code)
                        .filter(code -> !code.isEmpty())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Refusal.Code.values())
                        .map(Refusal.Code::wireName)
                        .filter(code -> !NOT_IN_THE_TABLE.containsKey(code))
                        .toList());
        Set<String> answered = rows.stream()
                .filter(row -> row.status() == 200)
                .map(row -> row.ask().method() + " " + row.ask().path())
                .collect(Collectors.toSet());
        assertThat(answered)
                .containsAll(RouteTable.ALL.stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
        assertThat(Functions.BY_PATH.keySet())
                .isEqualTo(RouteTable.ALL.stream().map(Route::path).collect(Collectors.toSet()));
    }

    static Stream<Door> doorsApart() {
        return doors.all().stream().filter(Door::isApart);
    }

    @ParameterizedTest
    @MethodSource("doorsApart")
    void a_function_apart_serves_its_own_routes_and_no_others(Door door) {
        for (Route route : RouteTable.ALL) {
            for (String function : Functions.ALL) {
                Reply reply = door.send(function, Ask.of(route.method(), route.path()));
                assertThat(reply.status() == 404)
                        .as("%s: %s answers %s with %d", door, function, route, reply.status())
                        .isEqualTo(!function.equals(Functions.BY_PATH.get(route.path())));
            }
        }
    }

    @Test
    void a_token_of_one_door_is_believed_at_every_other() {
        for (Door issuer : doors.all()) {
            String token = issuer.issue("traveller", "auditor");
            for (Door door : doors.all()) {
                assertThat(door.send(Ask.get("/policy").bearer(token)))
                        .as("a token of %s at %s", issuer, door)
                        .allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
            }
        }
    }
}
