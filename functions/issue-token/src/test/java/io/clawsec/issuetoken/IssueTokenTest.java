package io.clawsec.issuetoken;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.access.AccessPolicy;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Envelope;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.identity.BearerToken;
import io.clawsec.identity.IssuedToken;
import io.clawsec.json.FieldError;
import io.clawsec.json.Json;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RoleTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssueTokenTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final AccessPolicy ACCESS = PolicyFiles.packaged().load().access();

    private final InMemoryAudit audit = new InMemoryAudit();
    private Optional<String> objection = Optional.empty();
    private int issued;

    private Outcome ask(Body body) {
        Envelope envelope = new Envelope(
                new RoleTokens(ACCESS), ACCESS, audit, Metrics.none(), new FixedClock(NOW), UUID::randomUUID);
        IssueToken function = new IssueToken(
                envelope,
                () -> ACCESS,
                (subject, role, permissions, lifetime) -> {
                    issued++;
                    assertThat(permissions).as("the role's own").isNotEmpty();
                    return new IssuedToken(new BearerToken("signed-" + subject), "jti-1", NOW.plus(lifetime));
                },
                call -> objection);
        return function.apply(new Call(
                new UUID(0, 7),
                Operation.ISSUE_TOKEN,
                null,
                Map.of(),
                () -> body,
                new Caller("192.0.2.1", null, null)));
    }

    private Outcome ask(String json) {
        return ask(new Body.Json(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_token_comes_with_its_role_and_permissions_in_their_order() throws Exception {
        Answer answer = (Answer) ask("{\"user_id\":\"alice\",\"role\":\"developer\"}");
        assertThat(Json.parseObject(answer.content()))
                .isEqualTo(Map.of(
                        "token",
                        "signed-alice",
                        "token_type",
                        "Bearer",
                        "expires_in",
                        Duration.ofHours(1).toSeconds(),
                        "role",
                        "developer",
                        "permissions",
                        List.of("query:submit", "output:read", "policy:read", "model:configure")));
        AuditEvent event = audit.only();
        assertThat(event.type()).isEqualTo(EventType.TOKEN_ISSUED);
        assertThat(event.userId()).isEqualTo("alice");
        assertThat(event.role()).isEqualTo("developer");
        assertThat(event.metadata()).isEqualTo(Map.of("jti", "jti-1", "expires_at", "2026-03-01T13:00:00Z"));
        assertThat(event.toString() + event.metadata()).doesNotContain("signed-");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    no JSON            | {                                       | INVALID_JSON    |
                    no object          | "alice"                                 | INVALID_JSON    |
                    a key twice        | {"user_id":"a","user_id":"b","role":"agent"} | INVALID_JSON |
                    nothing            | {}                                      | INVALID_REQUEST | user_id role
                    no role            | {"user_id":"alice"}                     | INVALID_REQUEST | role
                    no user            | {"role":"agent"}                        | INVALID_REQUEST | user_id
                    an empty user      | {"user_id":"","role":"agent"}           | INVALID_REQUEST | user_id
                    a blank user       | {"user_id":"  ","role":"agent"}         | INVALID_REQUEST | user_id
                    a control          | {"user_id":"a\\u0000b","role":"agent"}  | INVALID_REQUEST | user_id
                    a number           | {"user_id":7,"role":"agent"}            | INVALID_REQUEST | user_id
                    an unknown field   | {"user_id":"a","role":"agent","permissions":["*"]} | INVALID_REQUEST | permissions
                    an unknown role    | {"user_id":"alice","role":"root"}       | UNKNOWN_ROLE    |
                    a role's other case | {"user_id":"alice","role":"Agent"}     | UNKNOWN_ROLE    |
                    """)
    void what_is_wrong_is_named_and_no_token_made(
            String what, String json, Refusal.Code code, @org.jspecify.annotations.Nullable String fields) {
        Refusal refusal = (Refusal) ask(json);
        assertThat(refusal.code()).as(what).isEqualTo(code);
        assertThat(refusal.errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(fields == null ? new String[0] : fields.split(" ", -1));
        assertThat(issued).isZero();
        assertThat(audit.only().type()).isEqualTo(EventType.TOKEN_REFUSED);
        assertThat(audit.only().outcome()).isEqualTo(EventOutcome.DENIED);
        assertThat(audit.only().metadata()).isEqualTo(Map.of("code", code.wireName()));
    }

    @Test
    void a_name_has_256_characters_at_most_counted_as_people_do() {
        assertThat(ask("{\"user_id\":\"" + "😀".repeat(256) + "\",\"role\":\"agent\"}"))
                .isInstanceOf(Answer.class);
        assertThat(ask("{\"user_id\":\"" + "a".repeat(257) + "\",\"role\":\"agent\"}"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void who_may_not_ask_is_turned_away_before_the_body_is_read() {
        objection = Optional.of("Not here.");
        Refusal refusal = (Refusal) ask("{");
        assertThat(refusal.code()).isEqualTo(Refusal.Code.TOKEN_ISSUING_REFUSED);
        assertThat(refusal.detail()).isEqualTo("Not here.");
        assertThat(audit.only().type()).isEqualTo(EventType.TOKEN_REFUSED);
    }

    @Test
    void a_body_that_the_edge_refused_leaves_its_event() {
        Refusal wrongType = new Refusal(Refusal.Code.UNSUPPORTED_MEDIA_TYPE, "Send JSON.");
        assertThat(ask(new Body.Unacceptable(wrongType))).isEqualTo(wrongType);
        assertThat(audit.only().metadata()).isEqualTo(Map.of("code", "unsupported_media_type"));
    }

    @Test
    void a_token_that_the_audit_cannot_hold_is_withheld() {
        audit.failWith(new AuditUnavailableException("the disk is full", null));
        Refusal refusal = (Refusal) ask("{\"user_id\":\"alice\",\"role\":\"agent\"}");
        assertThat(refusal.code()).isEqualTo(Refusal.Code.AUDIT_UNAVAILABLE);
        assertThat(refusal.toString()).doesNotContain("signed-");
    }
}
