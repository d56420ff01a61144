package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends the request of a line of the error table, and holds the response against the contract's page. */
final class ErrorTable {

    /** Stands in every request somewhere, and may stand in no response. */
    static final String MARK = RunningClawSec.unique("mark");

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern CODE_OF_OURS = Pattern.compile(
            "io\\.clawsec|java\\.|jakarta\\.|org\\.(spring|apache|sqlite)|Exception|Tomcat|Spring|\\(\\?|\\\\b|<html");
    private static final Set<String> HEADERS = Set.of(
            "X-Request-Id",
            "X-Clawsec-Policy",
            "Cache-Control",
            "X-Content-Type-Options",
            "Content-Type",
            "WWW-Authenticate",
            "Allow",
            "Retry-After",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "Vary",
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Max-Age",
            "Access-Control-Expose-Headers",
            "Date",
            "Connection",
            "Content-Length",
            "Transfer-Encoding",
            "Keep-Alive");
    private static final Set<String> MEMBERS = Set.of(
            "type", "code", "title", "status", "detail", "request_id", "error", "reason", "violations", "errors");

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private ErrorTable() {}

    /** Sends and checks; gives the response back for what only this line has. */
    static Reply hold(RunningClawSec server, ErrorRow row) {
        String address = address();
        Reply reply = server.send(row.ask()
                .with("X-Forwarded-For", address)
                .with("X-Request-Id", MARK)
                .with("X-Anything", MARK)
                .with("Cookie", "session=" + MARK));
        holds(row, reply);
        List<Map<String, @Nullable Object>> events = server.events(reply.header("X-Request-Id"));
        if (row.event() == null) {
            assertThat(events).as("audit events").isEmpty();
        } else {
            assertThat(events).as("audit events").hasSize(1);
            assertThat(events.get(0))
                    .containsEntry("event_type", row.event())
                    .containsEntry("request_id", reply.header("X-Request-Id"))
                    .containsEntry("ip_address", address);
        }
        return reply;
    }

    /** Checks a response to a line's request. */
    static void holds(ErrorRow row, Reply reply) {
        assertThat(reply.status()).as("status of: " + reply.everything()).isEqualTo(row.status());
        everyResponse(reply);
        row.headers()
                .forEach(
                        (name, value) -> assertThat(reply.header(name)).as(name).isEqualTo(value));
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        if (!row.ask().method().equals("HEAD")) {
            problem(row, reply);
        }
    }

    /** What holds of every response whatever its status. */
    static void everyResponse(Reply reply) {
        assertThat(reply.header("X-Request-Id")).as("X-Request-Id").matches(UUID_TEXT);
        assertThat(reply.header("X-Clawsec-Policy")).as("policy").matches("[0-9a-f]{16}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.headers())
                .allSatisfy(header -> assertThat(HEADERS)
                        .as("headers that a response may have")
                        .contains(header.name()));
        assertThat(reply.everything()).doesNotContain(MARK);
    }

    private static void problem(ErrorRow row, Reply reply) {
        Map<String, @Nullable Object> body = reply.json();
        assertThat(body)
                .containsEntry("type", "urn:clawsec:problem:" + row.code())
                .containsEntry("code", row.code())
                .containsEntry("status", (long) row.status())
                .containsEntry("request_id", reply.header("X-Request-Id"));
        assertThat(body.get("title")).asString().isNotBlank();
        assertThat(body.get("detail")).as("one sentence").asString().matches("[A-Z][^\\n]*\\.");
        assertThat(MEMBERS).containsAll(body.keySet());
        assertThat(body.containsKey("errors")).as("errors with 422 only").isEqualTo(row.status() == 422);
        assertThat(body.containsKey("violations")).isEqualTo(row.code().equals("policy_violation"));
        assertThat(reply.everything()).doesNotContainPattern(CODE_OF_OURS);
    }

    /** One nobody else has: what is counted by address stays apart. */
    private static String address() {
        int number = ADDRESSES.incrementAndGet();
        return "198.18." + number / 250 + "." + (number % 250 + 1);
    }
}
