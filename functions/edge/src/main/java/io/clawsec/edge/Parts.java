package io.clawsec.edge;

import io.clawsec.access.AccessPolicy;
import io.clawsec.address.HostLookup;
import io.clawsec.call.Envelope;
import io.clawsec.edge.http.OwnRoutes.MetricsPage;
import io.clawsec.identity.TokenIssuer;
import io.clawsec.identity.jwt.JwtTokenIssuer;
import io.clawsec.identity.jwt.JwtTokenVerifier;
import io.clawsec.identity.jwt.SigningKey;
import io.clawsec.policyfile.ActivePolicy;
import io.clawsec.policyfile.PolicyFileException;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.settings.ActiveSettings;
import io.clawsec.settings.BackendPlace;
import io.clawsec.settings.Settings;
import io.clawsec.settings.SettingsChanges;
import io.clawsec.settings.SettingsStack;
import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import io.clawsec.telemetry.Metric;
import io.clawsec.telemetry.Metrics;
import io.clawsec.telemetry.Telemetry;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What functions are put together from, each part made once and only when it is asked for: a function pays at start for
 * what it uses.
 */
public final class Parts implements AutoCloseable {

    private static final String ISSUER = "clawsec";
    private static final String AUDIENCE = "clawsec";

    private final Configuration configuration;
    private final String service;
    private final Clock clock;
    private final Supplier<UUID> ids = UUID::randomUUID;
    private final MicrometerMetrics metrics = new MicrometerMetrics();
    private final Once<ActivePolicy<PolicyEdition>> policy = new Once<>(this::loadPolicy);
    private final Once<SettingsStack> stack = new Once<>(this::makeStack);
    private final Once<ActiveSettings> settings = new Once<>(this::makeSettings);
    private final Once<TokenKeys> keys = new Once<>(this::makeKeys);
    private final Once<Store> store = new Once<>(this::openStore);
    private final Once<Envelope> envelope = new Once<>(this::makeEnvelope);
    private final Once<Telemetry> telemetry = new Once<>(this::openTelemetry);

    /** Null until somebody asks: a process that judges nothing never compiles the rules. */
    private volatile @Nullable PolicyInForce measured;

    /**
     * Holds what parts are made from.
     *
     * @param service the name of this service in telemetry
     */
    public Parts(Configuration configuration, String service, Clock clock) {
        this.configuration = configuration;
        this.service = service;
        this.clock = clock;
    }

    public Configuration configuration() {
        return configuration;
    }

    public Clock clock() {
        return clock;
    }

    /** Makes request and event ids. */
    public Supplier<UUID> ids() {
        return ids;
    }

    public Metrics metrics() {
        return metrics;
    }

    /** What {@code /metrics} shows. */
    public MetricsPage metricsPage() {
        return metrics;
    }

    /** What leaves for whoever watches: nothing, unless a receiver is configured. */
    public Telemetry telemetry() {
        return telemetry.get();
    }

    /** The roles in force now; ask at every request, for the policy files may change. */
    public AccessPolicy access() {
        return edition().policy().access();
    }

    /** What administrators have saved, on what the environment says. */
    public ActiveSettings settings() {
        return settings.get();
    }

    /**
     * Roles, guard, the switches over it, and the hash of all, of one version of the policy files: the same object for as
     * long as neither the files nor the switches change.
     */
    public PolicyInForce policyInForce(Settings inForce) {
        PolicyInForce asked = edition().inForce(inForce);
        if (!asked.equals(measured)) {
            measured = asked;
            metrics.set(Metric.RULES_OFF, asked.guard().rulesOff());
            metrics.set(Metric.RULES_MONITORED, asked.guard().rulesMonitored());
        }
        return asked;
    }

    private PolicyEdition edition() {
        return policy.get().current();
    }

    /**
     * Makes changes to the settings.
     *
     * @param throughProxy whether a backend's URL is reached through a proxy
     */
    public SettingsChanges settingsChanges(Predicate<URI> throughProxy) {
        return new SettingsChanges(
                store().settings(),
                stack.get(),
                settings(),
                new BackendPlace(configuration.addressRules(), HostLookup.ofSystem(), throughProxy),
                name -> edition().takesMode(name));
    }

    public Store store() {
        return store.get();
    }

    public Envelope envelope() {
        return envelope.get();
    }

    /**
     * Signs tokens.
     *
     * @throws IllegalStateException in a process that holds no key to sign with
     */
    public TokenIssuer tokenIssuer() {
        SigningKey key = keys.get()
                .signing()
                .orElseThrow(() -> new IllegalStateException("only issueToken has a key that signs"));
        return new JwtTokenIssuer(key, ISSUER, AUDIENCE, clock, ids);
    }

    /** SHA-256 of the active policy, its switches and modes included, as last known; 64 hex digits. */
    public String policyHash() {
        return edition().hash(settings().currentOrLast());
    }

    private ActivePolicy<PolicyEdition> loadPolicy() {
        PolicyFiles files = configuration.policyFolder().map(PolicyFiles::in).orElseGet(PolicyFiles::packaged);
        PolicyReload reload = new PolicyReload(
                () -> settings().currentOrLast(), () -> measured != null, () -> store().audit(), metrics, clock, ids);
        try {
            return new ActivePolicy<>(files, reload, metrics, clock, System::nanoTime);
        } catch (PolicyFileException e) {
            throw new ConfigurationException(e.errors());
        }
    }

    private SettingsStack makeStack() {
        return new SettingsStack(configuration.settings(), configuration.dataKey());
    }

    private ActiveSettings makeSettings() {
        return new ActiveSettings(store().settings(), stack.get(), System::nanoTime);
    }

    private TokenKeys makeKeys() {
        return TokenKeys.of(configuration, new SecureRandom(), System::nanoTime);
    }

    private Envelope makeEnvelope() {
        JwtTokenVerifier verifier = new JwtTokenVerifier(
                keys.get().verification(),
                ISSUER,
                AUDIENCE,
                role -> access().role(role).isPresent(),
                clock);
        return new Envelope(verifier, this::access, store().audit(), metrics, clock, ids);
    }

    private Telemetry openTelemetry() {
        return BridgedTelemetry.open(configuration, service, metrics);
    }

    private Store openStore() {
        String url = configuration.databaseUrl();
        // By this class's own loader: on Lambda the loader of a pool's thread does not know the package.
        StoreProvider provider = ServiceLoader.load(StoreProvider.class, Parts.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.handles(url))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        List.of("DATABASE_URL names a store that this package does not hold")));
        if (configuration.onLambda() && provider.needsLocalDisk()) {
            throw new ConfigurationException(
                    List.of("DATABASE_URL names a store on local disk, and on Lambda no local file lasts"));
        }
        try {
            Store opened = provider.open(url, dataFolder());
            metrics.watch(opened.queue());
            return opened;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("DATABASE_URL " + e.getMessage()));
        }
    }

    private Path dataFolder() {
        return configuration.dataFolder().toAbsolutePath().normalize();
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        envelope.ifMade(Envelope::close);
        store.ifMade(Store::close);
        telemetry.ifMade(Telemetry::close); // last, for what the others log
    }
}
