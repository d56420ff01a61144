package io.clawsec.call;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Permission;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.AuditUnavailableException;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.guard.GuardUnavailableException;
import io.clawsec.identity.Principal;
import io.clawsec.identity.TokenVerification;
import io.clawsec.identity.TokenVerifier;
import io.clawsec.settings.SettingsUnavailableException;
import io.clawsec.telemetry.FailureTrace;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.usage.Quota;
import io.clawsec.usage.UsageUnavailableException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function so that no path can leave without its audit event: not an answer, not a refusal, not a bug.
 *
 * <p>It decides who is calling and whether they may, takes the function's conclusion, and appends its events; only then
 * does the outcome leave. Whatever breaks on the way becomes a refusal. Safe for use by many threads.
 */
public final class Envelope implements AutoCloseable {

    /** The role that metrics and events name before anybody is authenticated. */
    public static final String NO_ROLE = "none";

    /** The refusals of requests that were allowed: somebody else failed them. */
    private static final Set<Refusal.Code> ALLOWED_ALL_THE_SAME =
            EnumSet.of(Refusal.Code.UPSTREAM_FAILED, Refusal.Code.UPSTREAM_TIMEOUT);

    private static final System.Logger LOG = System.getLogger(Envelope.class.getName());

    private final TokenVerifier verifier;
    private final Supplier<AccessPolicy> access;
    private final Trail trail;
    private final Metrics metrics;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final StrangerLane strangers;

    /** An envelope whose roles never change. */
    public Envelope(
            TokenVerifier verifier,
            AccessPolicy access,
            AuditRepository audit,
            Metrics metrics,
            Clock clock,
            Supplier<UUID> ids) {
        this(verifier, () -> access, audit, metrics, clock, ids);
    }

    /**
     * Makes an envelope.
     *
     * @param access the roles in force, asked at every request
     */
    public Envelope(
            TokenVerifier verifier,
            Supplier<AccessPolicy> access,
            AuditRepository audit,
            Metrics metrics,
            Clock clock,
            Supplier<UUID> ids) {
        this.verifier = verifier;
        this.access = access;
        this.trail = new Trail(audit, metrics);
        this.metrics = metrics;
        this.clock = clock;
        this.ids = ids;
        this.strangers = new StrangerLane(ids);
    }

    /** Answers a call of somebody who must be known and permitted, and whose request is readable. */
    public Outcome answer(Call call, Set<Permission> needed, Function<Principal, Conclusion> function) {
        return authenticated(call, principal -> access.get().permits(principal, needed), function);
    }

    /**
     * Answers a call whose permission is not one fixed set, and whose function can keep its event itself
     * ({@link Conclusion#kept}), in one commit with what the event tells of.
     *
     * @param function is given whoever calls, and what makes an event of a draft
     */
    public Outcome answer(
            Call call,
            Predicate<Principal> permitted,
            BiFunction<Principal, Function<EventDraft, AuditEvent>, Conclusion> function) {
        return authenticated(
                call, permitted, principal -> function.apply(principal, draft -> event(call, principal, draft)));
    }

    private Outcome authenticated(Call call, Predicate<Principal> permitted, Function<Principal, Conclusion> function) {
        if (call.token() == null) {
            return conclude(
                    call,
                    null,
                    () -> denied(new Refusal(
                            Refusal.Code.MISSING_TOKEN, "Send an access token: Authorization: Bearer <token>.")));
        }
        TokenVerification verification;
        try {
            verification = verifier.verify(call.token());
        } catch (RuntimeException | Error e) {
            return conclude(call, null, () -> broken(call, e));
        }
        return verification.fold(
                verified -> conclude(
                        call, verified.principal(), () -> admitted(call, verified.principal(), permitted, function)),
                rejected -> conclude(call, null, () -> unauthenticated(rejected)));
    }

    /** Answers a call that anybody may make. */
    public Outcome answerAnyone(Call call, Supplier<Conclusion> function) {
        return conclude(call, null, function);
    }

    private Conclusion admitted(
            Call call, Principal principal, Predicate<Principal> permitted, Function<Principal, Conclusion> function) {
        if (!permitted.test(principal)) {
            return denied(
                    new Refusal(Refusal.Code.RBAC_DENIAL, "The token's role does not have the permission this needs."));
        }
        return call.body()
                .get()
                .fold(json -> function.apply(principal), unacceptable -> refused(unacceptable.refusal()));
    }

    private static Conclusion denied(Refusal refusal) {
        return new Conclusion(
                refusal,
                new EventDraft(EventType.RBAC_DENIAL, EventOutcome.DENIED)
                        .with("code", refusal.code().wireName()));
    }

    private static Conclusion unauthenticated(TokenVerification.Rejected rejected) {
        return new Conclusion(
                new Refusal(Refusal.Code.INVALID_TOKEN, rejected.reason()),
                new EventDraft(EventType.AUTH_FAILURE, EventOutcome.DENIED).with("reason", rejected.reason()));
    }

    /** A request that a valid token came with and that is refused for its own sake. */
    public static Conclusion refused(Refusal refusal) {
        return new Conclusion(
                refusal,
                new EventDraft(EventType.REQUEST_REFUSED, EventOutcome.DENIED)
                        .with("code", refusal.code().wireName()));
    }

    /** A request that comes too often, or while as many like it run as may. */
    public static Conclusion rateLimited(String detail, Quota quota) {
        return new Conclusion(
                new Refusal(Refusal.Code.RATE_LIMITED, detail).metered(quota),
                new EventDraft(EventType.RATE_LIMITED, EventOutcome.DENIED)
                        .with("limit", quota.limit())
                        .with("retry_after_seconds", quota.resetSeconds()));
    }

    /** A request whose role lacks a right that only the function can see is needed. */
    public static Conclusion forbidden(String detail) {
        return denied(new Refusal(Refusal.Code.RBAC_DENIAL, detail));
    }

    private Outcome conclude(Call call, @Nullable Principal principal, Supplier<Conclusion> function) {
        Conclusion conclusion = guarded(call, function);
        List<AuditEvent> events = conclusion.events().stream()
                .map(draft -> event(call, principal, draft))
                .toList();
        events.forEach(this::countDenial);
        Refusal withheld = keep(call.span(), principal, conclusion, events);
        strangers.settle(clock.instant(), trail::appendCounts);
        Outcome outcome = withheld == null ? told(call, principal, conclusion) : withheld;
        trace(call.span(), principal, outcome);
        return outcome;
    }

    /** A stream leaves with what tells the audit of its end; everything else as it is. */
    private Outcome told(Call call, @Nullable Principal principal, Conclusion conclusion) {
        Conclusion.Ending ending = conclusion.ending();
        if (ending == null || !(conclusion.outcome() instanceof AnswerStream stream)) {
            return conclusion.outcome();
        }
        AuditedStream audited = new AuditedStream(
                stream.source(),
                broken -> trail.append(call.span(), List.of(event(call, principal, ending.event(broken)))) == null);
        return new AnswerStream(stream.mediaType(), audited, stream.quota());
    }

    private static void trace(Span request, @Nullable Principal principal, Outcome outcome) {
        request.set(SpanAttribute.USER_ROLE, principal == null ? NO_ROLE : principal.role());
        request.set(
                SpanAttribute.POLICY_ALLOWED,
                !(outcome instanceof Refusal refusal) || ALLOWED_ALL_THE_SAME.contains(refusal.code()));
    }

    private @Nullable Refusal keep(
            Span request, @Nullable Principal principal, Conclusion conclusion, List<AuditEvent> events) {
        if (conclusion.kept()) {
            trail.count(events);
            return null;
        }
        boolean one = events.size() == 1;
        if (one && conclusion.events().get(0).occasion() != null) {
            return trail.appendOnce(request, events.get(0));
        }
        // What anybody can cause without end.
        boolean ofStranger = one && principal == null && events.get(0).outcome() != EventOutcome.ALLOWED;
        return ofStranger
                ? strangers.append(events.get(0), kept -> trail.append(request, kept))
                : trail.append(request, events);
    }

    /** Keeps what was counted of strangers and is not durable yet. For the end of the process; failures are logged. */
    @Override
    public void close() {
        strangers.flush(clock.instant()).forEach(trail::appendCounts);
    }

    private Conclusion guarded(Call call, Supplier<Conclusion> function) {
        try {
            return function.get();
        } catch (GuardUnavailableException e) {
            return failed(call, Refusal.Code.GUARD_UNAVAILABLE, "The guard could not judge the text.", e);
        } catch (UsageUnavailableException e) {
            return failed(call, Refusal.Code.LIMITS_UNAVAILABLE, "Limits cannot be kept right now.", e);
        } catch (SettingsUnavailableException e) {
            return failed(call, Refusal.Code.SETTINGS_UNAVAILABLE, "The settings cannot be read or kept right now.", e);
        } catch (AuditUnavailableException e) {
            return failed(call, Refusal.Code.AUDIT_UNAVAILABLE, "The audit cannot be reached right now.", e);
        } catch (RuntimeException | Error e) {
            return broken(call, e);
        }
    }

    private Conclusion broken(Call call, Throwable bug) {
        return failed(call, Refusal.Code.INTERNAL_ERROR, "Something broke; the request id finds it.", bug);
    }

    private Conclusion failed(Call call, Refusal.Code code, String detail, Throwable cause) {
        log(call, code, cause);
        metrics.count(Metric.FAIL_CLOSED, code.wireName());
        return new Conclusion(
                new Refusal(code, detail),
                new EventDraft(call.operation().failureEvent(), EventOutcome.ERROR).with("code", code.wireName()));
    }

    private void countDenial(AuditEvent event) {
        String role = event.role() == null ? NO_ROLE : event.role();
        if (event.type() == EventType.RBAC_DENIAL) {
            metrics.count(Metric.RBAC_DENIALS, role);
        } else if (event.type() == EventType.RATE_LIMITED) {
            metrics.count(Metric.RATE_LIMITED, role);
        }
    }

    private AuditEvent event(Call call, @Nullable Principal principal, EventDraft draft) {
        return new AuditEvent(
                id(draft),
                clock.instant(),
                draft.type(),
                draft.userId() == null && principal != null ? principal.subject() : draft.userId(),
                draft.role() == null && principal != null ? principal.role() : draft.role(),
                call.operation().action(),
                call.operation().resource(),
                draft.outcome(),
                draft.policyViolations(),
                draft.metadata(),
                call.caller().address(),
                call.requestId());
    }

    private UUID id(EventDraft draft) {
        return draft.occasion() == null ? ids.get() : OccasionId.of(draft.type().wireName() + ":" + draft.occasion());
    }

    private static void log(Call call, Refusal.Code code, Throwable cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> code.wireName() + " in request " + call.requestId() + ": " + FailureTrace.of(cause));
    }
}
