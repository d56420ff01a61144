package io.clawsec.call;

import io.clawsec.json.FieldError;
import io.clawsec.usage.Quota;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A code and a safe sentence: the only failure a caller sees.
 *
 * @param code what kind of failure; the edge gives it a status
 * @param detail one sentence that quotes nothing of the request
 * @param violations the rules that were broken, where the code is {@link Code#POLICY_VIOLATION}
 * @param errors the fields that are wrong, where the code is {@link Code#INVALID_REQUEST}
 * @param quota where the caller stands with its rate limit; null when the call was not metered
 */
public record Refusal(
        Code code,
        String detail,
        List<Violation> violations,
        List<FieldError> errors,
        @Nullable Quota quota) implements Outcome {

    public Refusal {
        violations = List.copyOf(violations);
        errors = List.copyOf(errors);
    }

    public Refusal(Code code, String detail) {
        this(code, detail, List.of(), List.of(), null);
    }

    /** A request whose JSON has the wrong shape, or whose parameters are wrong. */
    public static Refusal invalid(List<FieldError> errors) {
        return new Refusal(
                Code.INVALID_REQUEST,
                "The request has fields that are missing, unknown or out of range.",
                List.of(),
                errors,
                null);
    }

    /** The same refusal, of a metered call. */
    public Refusal metered(@Nullable Quota state) {
        return new Refusal(code, detail, violations, errors, state);
    }

    @Override
    public <T> T fold(Function<Answer, T> answer, Function<AnswerStream, T> stream, Function<Refusal, T> refusal) {
        return refusal.apply(this);
    }

    /** Every way to fail; the wire name is the {@code code} of a problem detail and of {@code type}. */
    public enum Code {
        INVALID_JSON,
        POLICY_VIOLATION,
        UNKNOWN_ROLE,
        MALFORMED_REQUEST,
        MISSING_TOKEN,
        INVALID_TOKEN,
        RBAC_DENIAL,
        TOKEN_ISSUING_REFUSED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        STALE_VERSION,
        REQUEST_TIMEOUT,
        BODY_TOO_LARGE,
        /** The answer is longer than the door can carry. */
        ANSWER_TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        INVALID_REQUEST,
        RATE_LIMITED,
        INTERNAL_ERROR,
        UPSTREAM_FAILED,
        UPSTREAM_TIMEOUT,
        AUDIT_UNAVAILABLE,
        LIMITS_UNAVAILABLE,
        SETTINGS_UNAVAILABLE,
        GUARD_UNAVAILABLE;

        /** The name on the wire, such as {@code policy_violation}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
