package io.clawsec.query;

import io.clawsec.access.AccessPolicy;
import io.clawsec.access.Role;
import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.EventType;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Envelope;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.call.Refusal;
import io.clawsec.guard.BrokenGuard;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.identity.BearerToken;
import io.clawsec.json.Json;
import io.clawsec.json.MalformedJsonException;
import io.clawsec.model.Completion;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelRequest;
import io.clawsec.policyfile.Policy;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.RoleTokens;
import io.clawsec.testkit.TraceRecorder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The function {@code query} with the packaged policy, everything around it in memory, and a journal of its steps. */
final class QueryFixture {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final UUID REQUEST = new UUID(0, 7);
    static final Duration MODEL_TIMEOUT = Duration.ofSeconds(30);
    static final String BENIGN = "{\"prompt\":\"What is the capital of France?\"}";

    private static final Policy POLICY = PolicyFiles.packaged().load();
    private static final Guard GUARD = new Guard(GuardPolicy.strict(POLICY.packs()));

    final List<String> journal = new ArrayList<>();
    final FixedClock clock = new FixedClock(NOW);
    final InMemoryAudit audit = new InMemoryAudit(events -> journal.add("append " + names(events)));
    final RecordingLedger ledger = new RecordingLedger(journal);
    final List<ModelRequest> asked = new ArrayList<>();
    final TraceRecorder trace = new TraceRecorder();

    private final Metrics metrics = new JournalMetrics();
    private Function<ModelRequest, ModelReply> model = request -> reply("Paris.");
    private AccessPolicy access = POLICY.access();
    private @Nullable AccessPolicy changed;
    private Guard guard = GUARD;
    private long nextId = 1000;

    QueryFixture answering(String text) {
        model = request -> reply(text);
        return this;
    }

    QueryFixture withModel(Function<ModelRequest, ModelReply> behaviour) {
        model = behaviour;
        return this;
    }

    QueryFixture withBrokenGuard() {
        guard = BrokenGuard.over(POLICY.packs());
        return this;
    }

    /** Lets agents use these models only. */
    QueryFixture allowingModels(String... names) {
        Role agent = access.role("agent").orElseThrow();
        Role limited = new Role(
                agent.name(),
                agent.description(),
                agent.permissions(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                Optional.of(Set.of(names)),
                60);
        access = new AccessPolicy(Stream.concat(
                        Stream.of(limited),
                        access.roles().values().stream()
                                .filter(role -> !role.name().equals("agent")))
                .toList());
        return this;
    }

    /** Puts other roles in force between the envelope's question and the query's. */
    QueryFixture changingRolesTo(AccessPolicy roles) {
        changed = roles;
        return this;
    }

    Outcome ask(@Nullable String role, String json) {
        return ask(role, new Body.Json(json.getBytes(StandardCharsets.UTF_8)));
    }

    Outcome ask(@Nullable String role, Body body) {
        return askWith(role, () -> body);
    }

    /** Asks the guard alone. */
    Outcome guard(@Nullable String role, String json) {
        return send(Operation.CALL_GUARD, role, () -> new Body.Json(json.getBytes(StandardCharsets.UTF_8)));
    }

    Outcome askWith(@Nullable String role, Supplier<Body> body) {
        return send(Operation.SUBMIT_QUERY, role, body);
    }

    private Outcome send(Operation operation, @Nullable String role, Supplier<Body> body) {
        BearerToken token = role == null ? null : RoleTokens.of(role);
        Caller caller = new Caller("192.0.2.1", "localhost", null);
        return query().apply(new Call(
                REQUEST,
                operation,
                token,
                Map.of(),
                body,
                caller,
                trace.request(REQUEST, "POST", operation.resource(), null)));
    }

    Function<Call, Outcome> query() {
        Envelope envelope =
                new Envelope(new RoleTokens(access), access, audit, metrics, clock, () -> new UUID(1, nextId++));
        LanguageModel journaling = new JournalModel();
        Engine engine = new Engine(
                changed == null ? access : changed,
                guard,
                new AgentQuery(journaling, "openai", 2048),
                new QueryAnswers("0".repeat(64), guard, journaling, metrics),
                "0".repeat(64));
        Meter meter = new Meter(ledger, new Abandoned(ledger, audit, () -> MODEL_TIMEOUT, clock), clock);
        Query query = new Query(envelope, meter, () -> engine, metrics);
        GuardCalls guardCalls = new GuardCalls(envelope, meter, () -> engine, metrics);
        return call -> call.operation() == Operation.CALL_GUARD ? guardCalls.apply(call) : query.apply(call);
    }

    static ModelReply reply(String text) {
        return new ModelReply.Completed(new Completion(text), "gpt-test", 11, 3);
    }

    static Map<String, @Nullable Object> body(Outcome outcome) {
        return outcome.fold(
                answer -> {
                    try {
                        return Json.parseObject(answer.content());
                    } catch (MalformedJsonException e) {
                        throw new AssertionError("the answer is not JSON", e);
                    }
                },
                stream -> {
                    throw new AssertionError("a stream");
                },
                refusal -> {
                    throw new AssertionError("refused: " + refusal);
                });
    }

    static Refusal refusal(Outcome outcome) {
        if (outcome instanceof Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused: " + outcome);
    }

    private static String names(Collection<AuditEvent> events) {
        return events.stream().map(AuditEvent::type).map(EventType::wireName).collect(Collectors.joining("+"));
    }

    private final class JournalModel implements LanguageModel {
        @Override
        public ModelReply complete(ModelRequest request) {
            journal.add("model");
            asked.add(request);
            return model.apply(request);
        }

        @Override
        public String name() {
            return "gpt-test";
        }

        @Override
        public boolean live() {
            return true;
        }
    }

    /** The guard is real and final: its passes show as the measurements of their durations. */
    private final class JournalMetrics implements Metrics {
        @Override
        public void count(Metric metric, double amount, String... labelValues) {}

        @Override
        public void time(Metric metric, Duration duration, String... labelValues) {
            if (metric == Metric.GUARD_DURATION) {
                journal.add("guard " + labelValues[0]);
            }
        }

        @Override
        public void set(Metric metric, double value, String... labelValues) {}
    }
}
