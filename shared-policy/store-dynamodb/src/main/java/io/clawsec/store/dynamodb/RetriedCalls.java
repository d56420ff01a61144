package io.clawsec.store.dynamodb;

import io.clawsec.store.StoreUnavailableException;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Calls that may be made twice, tried until they are answered or patience ends. Safe for use by many threads. */
final class RetriedCalls implements AutoCloseable {

    private final DynamoDbClient client;
    private final Backoff backoff;
    private volatile boolean closed;

    RetriedCalls(DynamoDbClient client, Backoff backoff) {
        this.client = client;
        this.backoff = backoff;
    }

    /**
     * Makes a call that does the same however often it is made.
     *
     * @throws StoreUnavailableException when it was not answered in time, or was refused
     */
    <T> T call(Function<DynamoDbClient, T> call) throws StoreUnavailableException {
        if (closed) {
            throw new StoreUnavailableException("the store is closed", null);
        }
        Backoff.Tries tries = backoff.tries();
        while (true) {
            try {
                return call.apply(client);
            } catch (SdkException e) {
                CallFailure failure = CallFailure.of(e);
                if (!failure.isWorthRetrying() || !tries.again()) {
                    throw new StoreUnavailableException("DynamoDB says " + failure.reason(e), e);
                }
            }
        }
    }

    /** The client itself, for calls that tell more than done or not. */
    DynamoDbClient client() {
        return client;
    }

    Backoff backoff() {
        return backoff;
    }

    /** Lets go of the connections. */
    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
