package io.clawsec.admin;

import io.clawsec.access.AccessPolicy;
import io.clawsec.address.AddressRules;
import io.clawsec.audit.EventType;
import io.clawsec.call.Body;
import io.clawsec.call.Call;
import io.clawsec.call.Caller;
import io.clawsec.call.Envelope;
import io.clawsec.call.Operation;
import io.clawsec.call.Outcome;
import io.clawsec.edge.PolicyInForce;
import io.clawsec.guard.Guard;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.mock.MockModel;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.settings.ActiveSettings;
import io.clawsec.settings.BackendPlace;
import io.clawsec.settings.DataKey;
import io.clawsec.settings.SettingsChanges;
import io.clawsec.settings.SettingsLayer;
import io.clawsec.settings.SettingsStack;
import io.clawsec.telemetry.Metrics;
import io.clawsec.testkit.FixedClock;
import io.clawsec.testkit.InMemoryAudit;
import io.clawsec.testkit.InMemorySettings;
import io.clawsec.testkit.RoleTokens;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The function over settings, an audit and a ledger in memory, in a world where every host is at one public address. */
final class ConfigFixture {

    private static final AccessPolicy ACCESS = PolicyFiles.packaged().load().access();

    final FixedClock clock = new FixedClock(Instant.parse("2026-03-01T12:00:00Z"));
    final InMemoryAudit audit = new InMemoryAudit();
    final InMemorySettings repository = new InMemorySettings(audit);
    final FakeLedger ledger = new FakeLedger();
    LanguageModel backend = new MockModel();

    private final SettingsStack stack = new SettingsStack(
            SettingsLayer.empty(), Optional.of(DataKey.of("0f".repeat(DataKey.BYTES), new SecureRandom())));
    private final ActiveSettings active = new ActiveSettings(repository, stack, () -> 0);
    final Envelope envelope =
            new Envelope(new RoleTokens(ACCESS), ACCESS, audit, Metrics.none(), clock, UUID::randomUUID);

    Admin admin(Supplier<PolicyInForce> policy) {
        BackendPlace place = new BackendPlace(
                new AddressRules(false, Set.of()), host -> List.of(InetAddress.getByName("1.1.1.1")), url -> false);
        SettingsChanges changes = new SettingsChanges(
                repository, stack, active, place, name -> name.startsWith("rule-") || name.equals("secret"));
        return new Admin(
                envelope,
                () -> ACCESS,
                policy,
                new Config(active::current, changes),
                new ConfigTrials(envelope, ledger, active::current, llm -> backend, clock),
                new PolicyTrials(envelope, policy, Guard::new));
    }

    /** Asks with a body, as the role. */
    Outcome ask(String role, Operation operation, String body) {
        return admin(() -> {
                    throw new AssertionError("nobody asked for the policy");
                })
                .apply(new Call(
                        UUID.randomUUID(),
                        operation,
                        RoleTokens.of(role),
                        Map.of(),
                        () -> new Body.Json(body.getBytes(StandardCharsets.UTF_8)),
                        new Caller("192.0.2.1", null, null)));
    }

    List<EventType> eventTypes() {
        return audit.types();
    }
}
