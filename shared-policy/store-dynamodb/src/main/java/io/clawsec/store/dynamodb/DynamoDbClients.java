package io.clawsec.store.dynamodb;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes clients that try once and give up soon: what to do then is decided by {@link RetriedCalls}. */
final class DynamoDbClients {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** Within it a transaction of a hundred items is answered, or its answer is not coming. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** Connections that the JDK keeps open, instead of five: each one less is a TLS handshake a call. */
    private static final String KEPT_CONNECTIONS = "64";

    private DynamoDbClients() {}

    /**
     * Opens a client.
     *
     * @throws UnusableTablesException when neither URL nor environment says where the tables are
     */
    static DynamoDbClient open(DynamoDbUrl url, ExecutionInterceptor... interceptors) {
        if (System.getProperty("http.maxConnections") == null) {
            System.setProperty("http.maxConnections", KEPT_CONNECTIONS);
        }
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(ANSWER))
                .overrideConfiguration(configuration -> {
                    configuration.retryStrategy(AwsRetryStrategy.doNotRetry());
                    for (ExecutionInterceptor interceptor : interceptors) {
                        configuration.addExecutionInterceptor(interceptor);
                    }
                });
        url.region().map(Region::of).ifPresent(builder::region);
        Optional<URI> endpoint = url.endpoint();
        endpoint.ifPresent(builder::endpointOverride);
        try {
            return builder.build();
        } catch (SdkException e) {
            throw new UnusableTablesException("no region is known; say region= in DATABASE_URL or set AWS_REGION", e);
        }
    }
}
