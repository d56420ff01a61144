package io.clawsec.edge;

import io.clawsec.call.Envelope;
import io.clawsec.edge.http.OwnRoutes.MetricsPage;
import io.clawsec.guard.Guard;
import io.clawsec.guard.GuardPolicy;
import io.clawsec.identity.TokenIssuer;
import io.clawsec.identity.jwt.JwtTokenIssuer;
import io.clawsec.identity.jwt.JwtTokenVerifier;
import io.clawsec.identity.jwt.SigningKey;
import io.clawsec.policyfile.Policy;
import io.clawsec.policyfile.PolicyFileException;
import io.clawsec.policyfile.PolicyFiles;
import io.clawsec.store.Store;
import io.clawsec.store.StoreProvider;
import io.clawsec.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What functions are put together from, each part made once and only when it is asked for: a function pays at start for
 * what it uses.
 */
public final class Parts implements AutoCloseable {

    private static final String ISSUER = "clawsec";
    private static final String AUDIENCE = "clawsec";

    private final Configuration configuration;
    private final Clock clock;
    private final Supplier<UUID> ids = UUID::randomUUID;
    private final MicrometerMetrics metrics = new MicrometerMetrics();
    private final Once<Policy> policy = new Once<>(this::loadPolicy);
    private final Once<Guard> guard = new Once<>(this::makeGuard);
    private final Once<TokenKeys> keys = new Once<>(this::makeKeys);
    private final Once<Store> store = new Once<>(this::openStore);
    private final Once<Envelope> envelope = new Once<>(this::makeEnvelope);

    public Parts(Configuration configuration, Clock clock) {
        this.configuration = configuration;
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

    public Policy policy() {
        return policy.get();
    }

    public Guard guard() {
        return guard.get();
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

    /** SHA-256 of the active policy, its switches included; 64 hex digits. */
    public String policyHash() {
        String switches = "\nmax_input_length=" + configuration.maxInputLength();
        return sha256(policy().sha256() + switches);
    }

    private Policy loadPolicy() {
        try {
            return configuration
                    .policyFolder()
                    .map(PolicyFiles::in)
                    .orElseGet(PolicyFiles::packaged)
                    .load();
        } catch (PolicyFileException e) {
            throw new ConfigurationException(e.errors());
        }
    }

    private Guard makeGuard() {
        return new Guard(
                new GuardPolicy(policy().packs(), configuration.maxInputLength(), true, true, true, true, Map.of()));
    }

    private TokenKeys makeKeys() {
        return TokenKeys.of(configuration, new SecureRandom(), System::nanoTime);
    }

    private Envelope makeEnvelope() {
        JwtTokenVerifier verifier = new JwtTokenVerifier(
                keys.get().verification(),
                ISSUER,
                AUDIENCE,
                role -> policy().access().role(role).isPresent(),
                clock);
        return new Envelope(verifier, policy().access(), store().audit(), metrics, clock, ids);
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
            return provider.open(url, dataFolder());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(List.of("DATABASE_URL " + e.getMessage()));
        }
    }

    private Path dataFolder() {
        return configuration.dataFolder().toAbsolutePath().normalize();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        envelope.ifMade(Envelope::close);
        store.ifMade(Store::close);
    }
}
