package io.clawsec.conformance;

import static io.clawsec.conformance.ErrorTable.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.testkit.ScriptedReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One request for every door, and what each must answer. Its methods give a changed copy. */
final class DoorRow {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int LONGEST_SHOWN = 60;

    private final String name;
    private final int status;
    private final String code;
    private final Ask ask;
    private final String address;
    private String user;
    private BiFunction<Ask, ForgedToken, Ask> credentials = (plain, token) -> plain.bearer(token.original());
    private List<Ask> before = List.of();
    private @Nullable ScriptedReply backend;
    private @Nullable String brokenTable;
    private Map<String, String> headers = Map.of();
    private Set<String> varying = Set.of();
    private Unlike unlike = Unlike.NOTHING;

    /**
     * Makes a row.
     *
     * @param name what is special about the request
     * @param code of the problem detail; empty where there is none
     */
    DoorRow(String name, int status, String code, Ask ask) {
        this.name = name;
        this.status = status;
        this.code = code;
        this.ask = ask;
        int number = NUMBERS.incrementAndGet();
        this.user = "user-of-row-" + number;
        this.address = "198.18." + number / 250 + "." + (number % 250 + 1);
    }

    private DoorRow(DoorRow row) {
        this.name = row.name;
        this.status = row.status;
        this.code = row.code;
        this.ask = row.ask;
        this.address = row.address;
        this.user = row.user;
        this.credentials = row.credentials;
        this.before = row.before;
        this.backend = row.backend;
        this.brokenTable = row.brokenTable;
        this.headers = row.headers;
        this.varying = row.varying;
        this.unlike = row.unlike;
    }

    /** Asked by this person; otherwise by one of the row's own. */
    DoorRow by(String somebody) {
        DoorRow row = new DoorRow(this);
        row.user = somebody;
        return row;
    }

    /** With what is made of the asker's sound token, instead of with the token. */
    DoorRow with(BiFunction<Ask, ForgedToken, Ask> other) {
        DoorRow row = new DoorRow(this);
        row.credentials = other;
        return row;
    }

    /** After these requests of the same person. */
    DoorRow after(Ask... asks) {
        DoorRow row = new DoorRow(this);
        row.before = List.of(asks);
        return row;
    }

    /** While the model's backend replies like this. */
    DoorRow whileBackend(ScriptedReply reply) {
        DoorRow row = new DoorRow(this);
        row.backend = reply;
        return row;
    }

    /** While nothing can be written to this table. */
    DoorRow whileBroken(String table) {
        DoorRow row = new DoorRow(this);
        row.brokenTable = table;
        return row;
    }

    /** The response has this header, and every one that was named before. */
    DoorRow expecting(String header, String value) {
        DoorRow row = new DoorRow(this);
        row.headers = new LinkedHashMap<>(headers);
        row.headers.put(header, value);
        return row;
    }

    /** These fields of the body differ from request to request. */
    DoorRow varying(String... fields) {
        DoorRow row = new DoorRow(this);
        row.varying = Set.of(fields);
        return row;
    }

    /** The doors cannot be the same here. */
    DoorRow but(Unlike other) {
        DoorRow row = new DoorRow(this);
        row.unlike = other;
        return row;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Ask ask() {
        return ask;
    }

    @Nullable
    ScriptedReply backend() {
        return backend;
    }

    /** Sends the request, and what comes before it, through a door. */
    List<Reply> sendThrough(Door door) {
        before.forEach(earlier -> door.send(known(earlier, door)));
        Ask sent = known(ask, door);
        if (brokenTable == null) {
            return door.send(sent);
        }
        door.store().refuseWrites(brokenTable);
        try {
            return door.send(sent);
        } finally {
            door.store().allowWrites();
        }
    }

    /** As somebody known, from an address of the row's own, and with what no response may echo. */
    private Ask known(Ask plain, Door door) {
        Ask marked = plain.with("X-Request-Id", MARK).with("X-Anything", MARK).with("Cookie", "session=" + MARK);
        if (plain.lacks("x-forwarded-for")) {
            marked = marked.with("X-Forwarded-For", address);
        }
        if (plain.role() == null) {
            return marked;
        }
        return credentials.apply(marked.asNobody(), door.token(user, plain.role()));
    }

    /** Where the doors are not the same; empty where they are. */
    Unlike unlike() {
        return unlike;
    }

    /** Whether the request can go through the door at all. */
    boolean goesThrough(Door door) {
        return !(door.isLambda() && unlike.where() == Unlike.Where.NOT_SENT_TO_LAMBDA);
    }

    /** Checks a response against what the row says, whatever other doors answer. */
    void holds(Door door, Reply reply) {
        boolean other = door.isLambda() && unlike.where() == Unlike.Where.STATUS_ON_LAMBDA;
        int expected = other ? unlike.lambdaStatus() : status;
        if (expected >= 400) {
            String expectedCode = other ? unlike.lambdaCode() : code;
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(
                    "WWW-Authenticate",
                    switch (expectedCode) {
                        case "invalid_token" -> "Bearer error=\"invalid_token\"";
                        case "missing_token" -> "Bearer";
                        default -> "";
                    });
            all.put("Retry-After", expectedCode.equals("rate_limited") ? reply.header("RateLimit-Reset") : "");
            ErrorTable.holds(new ErrorRow(name, ask, expected, expectedCode, null, all), reply);
            return;
        }
        assertThat(reply.status()).as("status of: " + reply.everything()).isEqualTo(expected);
        ErrorTable.everyResponse(reply);
        headers.forEach(
                (header, value) -> assertThat(reply.header(header)).as(header).isEqualTo(value));
    }

    /** What of a response has to be the same at every door. */
    String compared(Door door, Reply reply) {
        return switch (unlike.where()) {
            case NOWHERE, NOT_SENT_TO_LAMBDA -> SameResponse.of(reply, varying);
            case BODY -> SameResponse.head(reply);
            case STATUS_ON_LAMBDA -> door.isLambda() ? "" : SameResponse.of(reply, varying);
        };
    }

    @Override
    public String toString() {
        String target = ask.target();
        return status + (code.isEmpty() ? " " : " " + code + " ") + ask.method() + " "
                + (target.length() > LONGEST_SHOWN ? target.substring(0, LONGEST_SHOWN) + "…" : target)
                + ": " + name + unlike;
    }
}
