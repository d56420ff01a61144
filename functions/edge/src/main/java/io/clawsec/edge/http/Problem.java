package io.clawsec.edge.http;

import io.clawsec.call.Refusal;
import io.clawsec.call.Violation;
import io.clawsec.edge.http.OutgoingResponse.Header;
import io.clawsec.json.FieldError;
import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Refusals as problem details (RFC 9457). */
public final class Problem {

    /** The media type of every error. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    /** The response that tells a caller of a refusal. */
    public static OutgoingResponse response(Refusal refusal, UUID requestId) {
        return response(refusal, requestId, new JsonObject());
    }

    /** The response that tells a caller of {@code /token} of a refusal: OAuth's error code (RFC 6749, 5.2) is in it too. */
    static OutgoingResponse tokenResponse(Refusal refusal, UUID requestId) {
        return response(refusal, requestId, new JsonObject().with("error", oauthError(refusal.code())));
    }

    private static OutgoingResponse response(Refusal refusal, UUID requestId, JsonObject more) {
        Status status = Status.of(refusal.code());
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Content-Type", MEDIA_TYPE));
        if (refusal.code() == Refusal.Code.MISSING_TOKEN) {
            headers.add(new Header("WWW-Authenticate", "Bearer"));
        } else if (refusal.code() == Refusal.Code.INVALID_TOKEN) {
            headers.add(new Header("WWW-Authenticate", "Bearer error=\"invalid_token\""));
        } else if (refusal.code() == Refusal.Code.RATE_LIMITED && refusal.quota() != null) {
            headers.add(new Header("Retry-After", Long.toString(refusal.quota().resetSeconds())));
        }
        return new OutgoingResponse(status.code, headers, Json.write(body(refusal, status, requestId, more)), null);
    }

    private static JsonObject body(Refusal refusal, Status status, UUID requestId, JsonObject more) {
        JsonObject body = new JsonObject()
                .with("type", "urn:clawsec:problem:" + refusal.code().wireName())
                .with("code", refusal.code().wireName())
                .with("title", status.title)
                .with("status", status.code)
                .with("detail", refusal.detail())
                .with("request_id", requestId);
        more.fields().forEach(body::with);
        if (refusal.code() == Refusal.Code.POLICY_VIOLATION) {
            body.with("error", "Policy violation") // ClawSec's own two fields, for its clients
                    .with("reason", refusal.detail())
                    .with(
                            "violations",
                            refusal.violations().stream()
                                    .map(Problem::violation)
                                    .toList());
        }
        if (refusal.code() == Refusal.Code.INVALID_REQUEST) {
            body.with("errors", refusal.errors().stream().map(Problem::error).toList());
        }
        return body;
    }

    private static String oauthError(Refusal.Code code) {
        return switch (code) {
            case UNKNOWN_ROLE -> "invalid_scope";
            case TOKEN_ISSUING_REFUSED -> "unauthorized_client";
            case AUDIT_UNAVAILABLE, LIMITS_UNAVAILABLE, SETTINGS_UNAVAILABLE, GUARD_UNAVAILABLE ->
                "temporarily_unavailable";
            case INTERNAL_ERROR -> "server_error";
            default -> "invalid_request";
        };
    }

    private static JsonObject violation(Violation violation) {
        return new JsonObject()
                .with("rule", violation.rule())
                .with("category", violation.category())
                .with("action", violation.action());
    }

    private static JsonObject error(FieldError error) {
        return new JsonObject().with("field", error.field()).with("message", error.message());
    }

    /** The status line of each code: the error table of the contract. */
    private record Status(int code, String title) {

        static Status of(Refusal.Code code) {
            return switch (code) {
                case INVALID_JSON -> new Status(400, "Body is not JSON");
                case POLICY_VIOLATION -> new Status(400, "Policy violation");
                case UNKNOWN_ROLE -> new Status(400, "Unknown role");
                case MALFORMED_REQUEST -> new Status(400, "Malformed request");
                case INVALID_TOKEN -> new Status(401, "Invalid token");
                case MISSING_TOKEN -> new Status(403, "Missing token");
                case RBAC_DENIAL -> new Status(403, "Permission denied");
                case TOKEN_ISSUING_REFUSED -> new Status(403, "Token issuing refused");
                case NOT_FOUND -> new Status(404, "Not found");
                case METHOD_NOT_ALLOWED -> new Status(405, "Method not allowed");
                case STALE_VERSION -> new Status(409, "Stale version");
                case REQUEST_TIMEOUT -> new Status(408, "Request timed out");
                case BODY_TOO_LARGE -> new Status(413, "Body too large");
                case ANSWER_TOO_LARGE -> new Status(413, "Answer too large");
                case UNSUPPORTED_MEDIA_TYPE -> new Status(415, "Unsupported media type");
                case INVALID_REQUEST -> new Status(422, "Invalid request");
                case RATE_LIMITED -> new Status(429, "Too many requests");
                case INTERNAL_ERROR -> new Status(500, "Internal error");
                case UPSTREAM_FAILED -> new Status(502, "Model backend failed");
                case AUDIT_UNAVAILABLE -> new Status(503, "Audit unavailable");
                case LIMITS_UNAVAILABLE -> new Status(503, "Limits unavailable");
                case SETTINGS_UNAVAILABLE -> new Status(503, "Settings unavailable");
                case GUARD_UNAVAILABLE -> new Status(503, "Guard unavailable");
                case UPSTREAM_TIMEOUT -> new Status(504, "Model backend timed out");
            };
        }
    }
}
