package io.clawsec.store.dynamodb;

import io.clawsec.testkit.DynamoDbLocal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service that tests talk to: LocalStack where the build asks for it, the one that {@code AWS_ENDPOINT_URL} or the
 * system property {@value #ENDPOINT_PROPERTY} names, or DynamoDB Local, started once for all tests.
 */
final class DynamoDbServer {

    /** Where a server is that runs already. */
    static final String ENDPOINT_PROPERTY = "clawsec.dynamodb.endpoint";

    private static final String CLASS_PATH_PROPERTY = "dynamodb-local.class-path";

    private static @Nullable URI endpoint;

    private DynamoDbServer() {}

    /** Where the tables of a prefix are. */
    static synchronized DynamoDbUrl url(String prefix) {
        URI known = endpoint;
        if (known == null) {
            known = LocalStack.isAsked() ? LocalStack.start() : named().orElseGet(DynamoDbServer::start);
            endpoint = known;
            giveCredentials();
        }
        return new DynamoDbUrl(
                prefix, Optional.of(System.getProperty("aws.region", "eu-central-1")), Optional.of(known));
    }

    private static Optional<URI> named() {
        return Optional.ofNullable(System.getProperty(ENDPOINT_PROPERTY, System.getenv("AWS_ENDPOINT_URL")))
                .filter(named -> !named.isEmpty())
                .map(URI::create);
    }

    /** The local engine takes any; where there are real ones, they are used. */
    private static void giveCredentials() {
        if (System.getenv("AWS_ACCESS_KEY_ID") == null && System.getProperty("aws.accessKeyId") == null) {
            System.setProperty("aws.accessKeyId", "local");
            System.setProperty("aws.secretAccessKey", "local");
        }
    }

    private static URI start() {
        String file = System.getProperty(CLASS_PATH_PROPERTY);
        if (file == null) {
            throw new IllegalStateException("the build says by " + CLASS_PATH_PROPERTY + " where the class path is");
        }
        return DynamoDbLocal.start(Path.of(file));
    }
}
