package io.clawsec.issuetoken;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.call.Answer;
import io.clawsec.call.Call;
import io.clawsec.call.Conclusion;
import io.clawsec.call.Envelope;
import io.clawsec.call.EventDraft;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.identity.IssuedToken;
import io.clawsec.identity.TokenIssuer;
import io.clawsec.json.Json;
import io.clawsec.json.JsonFields;
import io.clawsec.json.JsonObject;
import io.clawsec.json.MalformedJsonException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The function {@code issueToken}. Safe for use by many threads. */
public final class IssueToken implements Function<Call, Outcome> {

    private static final int LONGEST_USER_ID = 256;

    private final Envelope envelope;
    private final Supplier<AccessPolicy> access;
    private final TokenIssuer issuer;
    private final AskerRule asker;

    /** Who may ask at all, before the body is looked at. */
    @FunctionalInterface
    public interface AskerRule {
        /** Why this caller gets no token; empty when it may ask. */
        Optional<String> objection(Call call);
    }

    /**
     * Makes the function.
     *
     * @param access the roles in force now
     */
    public IssueToken(Envelope envelope, Supplier<AccessPolicy> access, TokenIssuer issuer, AskerRule asker) {
        this.envelope = envelope;
        this.access = access;
        this.issuer = issuer;
        this.asker = asker;
    }

    @Override
    public Outcome apply(Call call) {
        return envelope.answerAnyone(
                call,
                () -> asker.objection(call)
                        .map(objection -> refused(new Refusal(Refusal.Code.TOKEN_ISSUING_REFUSED, objection), null))
                        .orElseGet(() -> call.body()
                                .get()
                                .fold(
                                        json -> asked(json.utf8()),
                                        unacceptable -> refused(unacceptable.refusal(), null))));
    }

    private Conclusion asked(byte[] utf8) {
        JsonFields fields;
        try {
            fields = new JsonFields(Json.parseObject(utf8));
        } catch (MalformedJsonException e) {
            return refused(new Refusal(Refusal.Code.INVALID_JSON, "The body is not a JSON object in UTF-8."), null);
        }
        String userId = fields.requiredText("user_id");
        String roleName = fields.requiredText("role");
        if (fields.errors().stream().noneMatch(error -> error.field().equals("user_id")) && !acceptable(userId)) {
            fields.reject("user_id", "must be 1 to " + LONGEST_USER_ID + " characters without control characters");
        }
        if (!fields.errors().isEmpty()) {
            return refused(Refusal.invalid(fields.errors()), null);
        }
        return access.get()
                .role(roleName)
                .map(role -> issued(userId, role))
                .orElseGet(() -> refused(new Refusal(Refusal.Code.UNKNOWN_ROLE, "There is no such role."), userId));
    }

    private static boolean acceptable(String userId) {
        return !userId.isBlank()
                && userId.codePointCount(0, userId.length()) <= LONGEST_USER_ID
                && userId.codePoints().noneMatch(Character::isISOControl);
    }

    private Conclusion issued(String userId, Role role) {
        List<String> permissions =
                role.permissions().stream().sorted().map(Permission::wireName).toList();
        Duration lifetime = Duration.ofMinutes(role.tokenMinutes());
        IssuedToken issued = issuer.issue(
                userId, role.name(), permissions.stream().collect(Collectors.toUnmodifiableSet()), lifetime);
        JsonObject body = new JsonObject()
                .with("token", issued.token().value())
                .with("token_type", "Bearer")
                .with("expires_in", lifetime.toSeconds())
                .with("role", role.name())
                .with("permissions", permissions);
        return new Conclusion(
                Answer.json(body),
                new EventDraft(EventType.TOKEN_ISSUED, EventOutcome.ALLOWED)
                        .about(userId, role.name())
                        .with("jti", issued.tokenId())
                        .with("expires_at", issued.expiresAt().toString()));
    }

    private static Conclusion refused(Refusal refusal, @Nullable String userId) {
        return new Conclusion(
                refusal,
                new EventDraft(EventType.TOKEN_REFUSED, EventOutcome.DENIED)
                        .about(userId, null)
                        .with("code", refusal.code().wireName()));
    }
}
