package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.conformance.AuditTail.Refusing;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The audit as a whole, out of the running product: what it says, who may have it, and how it ends. */
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class AuditExportIT {

    /** More than one page of {@code /audit}, more than one of an export. */
    private static final int OLDEST = 3000;

    /** All of them together are more than any socket's buffers hold: who does not read, holds the export up. */
    private static final int MORE = 17_000;

    private static final int RECEIVED_AHEAD_BYTES = 256 * 1024;
    private static final int PATIENCE_MILLIS = 30_000;

    private static RunningClawSec server;
    private static String auditor;
    private static String window;

    @BeforeAll
    static void start() {
        server = RunningClawSec.start();
        window = AuditSeed.append(server.database(), OLDEST, MORE);
        auditor = server.token("auditor");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply export(String parameters) {
        return server.send(Ask.get("/audit/export" + parameters).bearer(auditor));
    }

    static List<Map<String, @Nullable Object>> lines(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
        ErrorTable.everyResponse(reply);
        assertThat(reply.text()).endsWith("}\n");
        List<Map<String, @Nullable Object>> lines = new ArrayList<>();
        reply.text().lines().forEach(line -> {
            try {
                lines.add(Json.parseObject(line));
            } catch (MalformedJsonException e) {
                throw new AssertionError(line, e);
            }
        });
        return lines;
    }

    private static List<Map<String, @Nullable Object>> pages(String parameters) {
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = server.send(
                    Ask.get("/audit" + parameters + cursor + "&limit=1000").bearer(auditor));
            events.addAll(Clone.at(page.json(), "events"));
            Object next = page.json().get("next_cursor");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return events;
    }

    @Test
    void it_is_what_the_pages_tell_line_by_line() {
        Reply reply = export("?" + window);
        List<Map<String, @Nullable Object>> lines = lines(reply);
        assertThat(lines).hasSize(OLDEST).isEqualTo(pages("?" + window));
        assertThat(new HashSet<>(lines)).hasSize(OLDEST);
        assertThat(reply.header("Transfer-Encoding")).isEqualTo("chunked");
    }

    @Test
    void filters_and_a_limit_hold() {
        for (String filter : List.of(
                "&event_type=llm_query",
                "&user_id=ada",
                "&outcome=error",
                "&outcome=denied&user_id=o%27brien%22%3B%20--")) {
            assertThat(lines(export("?" + window + filter)))
                    .as(filter)
                    .isNotEmpty()
                    .isEqualTo(pages("?" + window + filter));
        }
        assertThat(lines(export("?" + window + "&limit=1001")))
                .isEqualTo(pages("?" + window).subList(0, 1001));
    }

    @Test
    void the_audit_holds_its_beginning_and_its_end() {
        Reply reply = export("?" + window);
        List<Map<String, @Nullable Object>> events = server.events(reply.header("X-Request-Id"));
        assertThat(events)
                .extracting(event -> event.get("metadata"))
                .containsExactly(
                        Map.of("phase", "finished", "events", (long) OLDEST, "complete", true),
                        Map.of("phase", "started", "filters", List.of("from", "to")));
        assertThat(events)
                .allSatisfy(event -> assertThat(event)
                        .containsEntry("event_type", "audit_exported")
                        .containsEntry("action", "audit:export")
                        .containsEntry("resource", "/audit/export")
                        .containsEntry("outcome", "allowed")
                        .containsEntry("role", "auditor"));
    }

    @Test
    void whoever_may_not_read_the_audit_may_not_take_it_along() {
        assertThat(server.send(Ask.get("/audit/export")).field("code")).isEqualTo("missing_token");
        assertThat(server.send(Ask.get("/audit/export")).status()).isEqualTo(403);
        Reply denied = server.send(Ask.get("/audit/export").as("agent"));
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.field("code")).isEqualTo("rbac_denial");
        Reply wrong = export("?event_type=nope&limit=0");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(Clone.<List<Map<String, Object>>>at(wrong.json(), "errors"))
                .extracting(error -> error.get("field"))
                .containsExactlyInAnyOrder("event_type", "limit");
    }

    /** An export of everything, of which a client has read the head. */
    private static final class SlowReader implements AutoCloseable {

        private final Socket socket = new Socket();
        private final InputStream in;
        private final String head;

        SlowReader() throws IOException {
            socket.setReceiveBufferSize(RECEIVED_AHEAD_BYTES);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream()
                    .write(Ask.get("/audit/export").bearer(auditor).bytes(server.port()));
            in = socket.getInputStream();
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException(read.toString(StandardCharsets.ISO_8859_1));
                }
                read.write(next);
            }
            head = read.toString(StandardCharsets.ISO_8859_1);
        }

        String requestId() {
            return head.lines()
                    .filter(line -> line.startsWith("X-Request-Id: "))
                    .map(line -> line.substring("X-Request-Id: ".length()))
                    .findFirst()
                    .orElseThrow();
        }

        String rest() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void a_client_that_goes_away_leaves_an_end_that_says_so() throws IOException {
        String requestId;
        try (SlowReader reader = new SlowReader()) {
            requestId = reader.requestId();
        }
        List<Map<String, @Nullable Object>> events = server.events(requestId);
        while (events.size() < 2) { // until the server has noticed; the test's own time is the bound
            events = server.events(requestId);
        }
        assertThat(events.get(0)).containsEntry("outcome", "error");
        Map<String, @Nullable Object> end = Clone.at(events.get(0), "metadata");
        assertThat(end)
                .containsEntry("phase", "finished")
                .containsEntry("complete", false)
                .containsEntry("reason", "not_delivered");
        assertThat((Long) end.get("events")).isLessThan(OLDEST + MORE);
    }

    @Test
    void others_are_served_while_a_reader_takes_its_time_and_it_gets_what_there_was_at_its_beginning()
            throws IOException {
        try (SlowReader reader = new SlowReader()) {
            for (int i = 0; i < 20; i++) {
                assertThat(server.send(Ask.post("/query")
                                        .json("{\"prompt\":\"Hello\"}")
                                        .as("agent"))
                                .status())
                        .isEqualTo(200);
            }
            String rest = reader.rest();
            assertThat(rest).endsWith("\r\n0\r\n\r\n").doesNotContain(reader.requestId());
        }
    }

    @Test
    void an_end_that_cannot_be_kept_is_no_end() throws IOException, SQLException {
        try (AuditTail tail = new AuditTail(server.database());
                SlowReader reader = new SlowReader()) {
            String rest;
            try (Refusing refusing = tail.refuseInserts("audit_events")) {
                rest = reader.rest();
            }
            assertThat(rest.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThan(1 << 20);
            assertThat(rest).doesNotEndWith("\r\n0\r\n\r\n");
            assertThat(server.events(reader.requestId())).hasSize(1);
        }
    }
}
