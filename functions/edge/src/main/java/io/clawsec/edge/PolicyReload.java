package io.clawsec.edge;

import io.clawsec.audit.AuditEvent;
import io.clawsec.audit.AuditRepository;
import io.clawsec.audit.EventOutcome;
import io.clawsec.audit.EventType;
import io.clawsec.policyfile.ActivePolicy;
import io.clawsec.policyfile.Policy;
import io.clawsec.settings.Settings;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a process does with policy files that have changed: compiles their rules before a request needs them, and records
 * the change before it is in force.
 */
final class PolicyReload implements ActivePolicy.Reload<PolicyEdition> {

    private static final System.Logger LOG = System.getLogger(PolicyReload.class.getName());
    private static final String ACTION = "policy:reload";
    private static final String RESOURCE = EnvironmentVariable.CLAWSEC_POLICY_DIR.name();

    private final Supplier<Settings> settings;
    private final BooleanSupplier judges;
    private final Supplier<AuditRepository> audit;
    private final Metrics metrics;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /**
     * Makes it.
     *
     * @param settings in force, or as last known
     * @param judges whether this process needs the compiled rules
     */
    PolicyReload(
            Supplier<Settings> settings,
            BooleanSupplier judges,
            Supplier<AuditRepository> audit,
            Metrics metrics,
            Clock clock,
            Supplier<UUID> ids) {
        this.settings = settings;
        this.judges = judges;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public PolicyEdition make(Policy policy) {
        PolicyEdition edition = new PolicyEdition(policy);
        if (judges.getAsBoolean()) {
            edition.inForce(settings.get());
        }
        return edition;
    }

    @Override
    public void announce(PolicyEdition before, PolicyEdition after) {
        Settings switches = settings.get();
        String from = before.hash(switches);
        String to = after.hash(switches);
        if (from.equals(to)) {
            return; // a file that says what the packaged one says, to the byte
        }
        audit.get().append(List.of(event(from, to)));
        metrics.count(Metric.AUDIT_EVENTS, EventType.POLICY_CHANGED.wireName());
        LOG.log(System.Logger.Level.INFO, "the policy files have changed: policy {0} follows {1}", to, from);
    }

    /** Nobody's token made the change, so it has no user; whoever may write to the folder did. */
    private AuditEvent event(String from, String to) {
        Map<String, Object> change = new TreeMap<>(Map.of("from", from, "to", to)); // in this order in every process
        return new AuditEvent(
                ids.get(),
                clock.instant(),
                EventType.POLICY_CHANGED,
                null,
                null,
                ACTION,
                RESOURCE,
                EventOutcome.ALLOWED,
                List.of(),
                Map.of("changes", Map.of("version", change)),
                null,
                ids.get());
    }
}
