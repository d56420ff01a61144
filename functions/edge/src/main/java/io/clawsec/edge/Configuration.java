package io.clawsec.edge;

import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_BIND_ADDRESS;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_DATA_DIR;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_DATA_KEY;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_LLM_ALLOWED_HOSTS;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_LOCKED;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_MANAGEMENT_PORT;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_POLICY_DIR;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_TOKEN_ALLOW_OPEN;
import static io.clawsec.edge.EnvironmentVariable.CLAWSEC_TOKEN_MODE;
import static io.clawsec.edge.EnvironmentVariable.DATABASE_URL;
import static io.clawsec.edge.EnvironmentVariable.JWT_SECRET_KEY;
import static io.clawsec.edge.EnvironmentVariable.OTEL_RESOURCE_ATTRIBUTES;
import static io.clawsec.edge.EnvironmentVariable.OTLP_ENDPOINT;
import static io.clawsec.edge.EnvironmentVariable.PORT;

import io.clawsec.address.AddressRules;
import io.clawsec.settings.DataKey;
import io.clawsec.settings.Setting;
import io.clawsec.settings.SettingsLayer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the environment says, read once and checked whole.
 *
 * @param port of the API; 0: any free one
 * @param bindAddress both ports listen on it
 * @param managementPort of metrics and health; empty: none
 * @param managementPortRequired whether somebody asked for that very port
 * @param dataFolder of the database and the generated secret
 * @param databaseUrl chooses the store
 * @param signingSecret confidential; empty: key files, or generate one
 * @param deployment what shares the process
 * @param keyFiles where key pairs are, in place of the secret
 * @param tokenMode who may ask for a token
 * @param tokensOpen whether development mode runs where others can reach it
 * @param settings what it says of what an administrator may change; confidential
 * @param dataKey encrypts saved secrets
 * @param addressRules where a backend may be
 * @param policyFolder of files that replace packaged ones
 * @param telemetryReceiver where spans and log records go; empty: nowhere
 * @param resourceAttributes what they say of this process
 * @param environment all of it, for libraries that read proxy variables; confidential
 */
public record Configuration(
        int port,
        InetAddress bindAddress,
        OptionalInt managementPort,
        boolean managementPortRequired,
        Path dataFolder,
        String databaseUrl,
        Optional<String> signingSecret,
        Deployment deployment,
        TokenKeyFiles keyFiles,
        TokenMode tokenMode,
        boolean tokensOpen,
        SettingsLayer settings,
        Optional<DataKey> dataKey,
        AddressRules addressRules,
        Optional<Path> policyFolder,
        Optional<URI> telemetryReceiver,
        Map<String, String> resourceAttributes,
        Map<String, String> environment) {

    /**
     * Reads an environment.
     *
     * @param deployment what shares the process, as its application says
     * @throws ConfigurationException when anything in it is wrong; all problems at once
     */
    public static Configuration from(Map<String, String> environment, Deployment deployment) {
        EnvironmentReader read = new EnvironmentReader(environment);
        InetAddress bind = read.address(CLAWSEC_BIND_ADDRESS);
        boolean open = read.flag(CLAWSEC_TOKEN_ALLOW_OPEN);
        TokenMode mode = tokenMode(read, bind, open);
        boolean managementOff = read.text(CLAWSEC_MANAGEMENT_PORT).equals("off");
        SettingsLayer settings = new SettingsLayer(read.settings(), read.locked(CLAWSEC_LOCKED));
        Configuration configuration = new Configuration(
                read.integer(PORT, 0, EnvironmentReader.HIGHEST_PORT),
                bind,
                managementOff
                        ? OptionalInt.empty()
                        : OptionalInt.of(read.integer(CLAWSEC_MANAGEMENT_PORT, 0, EnvironmentReader.HIGHEST_PORT)),
                read.isSet(CLAWSEC_MANAGEMENT_PORT),
                read.path(CLAWSEC_DATA_DIR).orElseGet(() -> Path.of(CLAWSEC_DATA_DIR.defaultValue())),
                read.text(DATABASE_URL),
                read.optional(JWT_SECRET_KEY),
                deployment,
                TokenKeyFiles.read(read, deployment, mode),
                mode,
                mode == TokenMode.DEVELOPMENT && exposed(read, bind),
                settings,
                read.dataKey(CLAWSEC_DATA_KEY),
                new AddressRules(
                        mode == TokenMode.DEVELOPMENT && !exposed(read, bind),
                        allowedHosts(read.hosts(CLAWSEC_LLM_ALLOWED_HOSTS), settings)),
                read.path(CLAWSEC_POLICY_DIR),
                read.receiver(OTLP_ENDPOINT),
                ResourceAttributes.read(read, OTEL_RESOURCE_ATTRIBUTES),
                Map.copyOf(environment));
        read.throwProblems();
        return configuration;
    }

    private static TokenMode tokenMode(EnvironmentReader read, InetAddress bind, boolean open) {
        boolean unsafe = exposed(read, bind) && !open;
        Optional<String> asked = read.optional(CLAWSEC_TOKEN_MODE);
        if (asked.isEmpty()) {
            return unsafe ? TokenMode.OFF : TokenMode.DEVELOPMENT;
        }
        Optional<TokenMode> mode = TokenMode.of(asked.get());
        if (mode.isEmpty()) {
            read.problem(CLAWSEC_TOKEN_MODE, "must be development, client-credentials, token-exchange or off");
        } else if (mode.get() == TokenMode.DEVELOPMENT && unsafe) {
            read.problem(
                    CLAWSEC_TOKEN_MODE,
                    "development lets anyone take any role, so it is refused on Lambda, on Kubernetes and on an address"
                            + " that is not loopback; CLAWSEC_TOKEN_ALLOW_OPEN=true overrides");
        }
        return mode.orElse(TokenMode.OFF);
    }

    /** Whoever sets the environment has said of its own backend that it may be where it is. */
    private static Set<String> allowedHosts(Set<String> named, SettingsLayer settings) {
        Set<String> hosts = new HashSet<>(named);
        if (settings.values().get(Setting.API_URL) instanceof String url) {
            hosts.add(URI.create(url).getHost());
        }
        return hosts;
    }

    private static boolean exposed(EnvironmentReader read, InetAddress bind) {
        return !bind.isLoopbackAddress()
                || read.raw("AWS_LAMBDA_FUNCTION_NAME").isPresent()
                || read.raw("KUBERNETES_SERVICE_HOST").isPresent();
    }

    /** Whether this runs on AWS Lambda, where no local file lasts. */
    public boolean onLambda() {
        return environment.containsKey("AWS_LAMBDA_FUNCTION_NAME");
    }

    /** Leaves everything out: half of it is confidential. */
    @Override
    public String toString() {
        return "Configuration[port=" + port + "]";
    }
}
