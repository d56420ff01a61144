package io.clawsec.store.dynamodb;

import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What goes wrong between a store and the service: before a call has reached it, or after. Keeps the calls made. */
final class Faults implements ExecutionInterceptor {

    /** Every call, writes and reads alike. */
    static final Predicate<SdkRequest> EVERYTHING = request -> true;

    static final Predicate<SdkRequest> TRANSACTIONS = TransactWriteItemsRequest.class::isInstance;

    private final List<SdkRequest> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger left = new AtomicInteger();
    private volatile Predicate<SdkRequest> hit = request -> false;
    private volatile boolean answered;
    private volatile RuntimeException failure = lostAnswer();
    private volatile boolean tokensForgotten;
    private volatile Runnable eachCall = () -> {};

    /** The next so many calls of a kind are done, and their answers lost. */
    void loseAnswers(int times, Predicate<SdkRequest> kind) {
        set(times, kind, true, lostAnswer());
    }

    /** The next so many calls of a kind are lost on their way, and nobody can tell. */
    void loseCalls(int times, Predicate<SdkRequest> kind) {
        set(times, kind, false, lostAnswer());
    }

    /** The next so many calls of a kind are answered with an error instead of being done. */
    void refuse(int times, Predicate<SdkRequest> kind, String code, int status) {
        set(times, kind, false, answer(code, status));
    }

    /** The service forgets the tokens it saw, as it does after ten minutes. */
    void forgetTokens() {
        tokensForgotten = true;
    }

    private void set(int times, Predicate<SdkRequest> kind, boolean afterIt, RuntimeException what) {
        failure = what;
        answered = afterIt;
        hit = kind;
        left.set(times);
    }

    /** Runs something at each call from now on. */
    void onEachCall(Runnable what) {
        eachCall = what;
    }

    void heal() {
        left.set(0);
    }

    /** The calls made so far, lost ones included, of one kind. */
    long count(Predicate<SdkRequest> kind) {
        synchronized (calls) {
            return calls.stream().filter(kind).count();
        }
    }

    static SdkClientException lostAnswer() {
        return SdkClientException.create("no answer", new SocketTimeoutException("read timed out"));
    }

    static DynamoDbException answer(String code, int status) {
        return (DynamoDbException) DynamoDbException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("what nobody should read")
                        .build())
                .build();
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        return tokensForgotten && context.request() instanceof TransactWriteItemsRequest transaction
                ? transaction.toBuilder()
                        .clientRequestToken(UUID.randomUUID().toString())
                        .build()
                : context.request();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        calls.add(context.request());
        eachCall.run();
        if (!answered) {
            failNow(context.request());
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (answered) {
            failNow(context.request());
        }
    }

    private void failNow(SdkRequest request) {
        if (hit.test(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw failure;
        }
    }
}
