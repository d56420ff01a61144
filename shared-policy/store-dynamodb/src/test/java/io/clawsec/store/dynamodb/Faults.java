package io.clawsec.store.dynamodb;

import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
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
    private volatile boolean halves;
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

    /** Of what is asked for, the service gives one half now and the other later, as it does with too much. */
    void giveHalves() {
        halves = true;
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

    /** The calls made so far, lost ones included. */
    List<SdkRequest> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** How many of them are of one kind. */
    long count(Predicate<SdkRequest> kind) {
        return calls().stream().filter(kind).count();
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
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        if (halves && context.response() instanceof BatchGetItemResponse whole) {
            return half((BatchGetItemRequest) context.request(), whole);
        }
        if (halves
                && context.response() instanceof QueryResponse whole
                && whole.items().size() > 1) {
            return half((QueryRequest) context.request(), whole);
        }
        return context.response();
    }

    private static QueryResponse half(QueryRequest request, QueryResponse whole) {
        List<Map<String, AttributeValue>> half =
                whole.items().subList(0, whole.items().size() / 2);
        Map<String, AttributeValue> end = new HashMap<>(half.get(half.size() - 1));
        end.keySet().retainAll(keys(request));
        return whole.toBuilder()
                .items(half)
                .count(half.size())
                .lastEvaluatedKey(end)
                .build();
    }

    /** The attributes that say where a query is. */
    private static Set<String> keys(QueryRequest request) {
        Set<String> names = new HashSet<>();
        for (TableDefinition table : DynamoDbTables.ALL) {
            if (request.tableName().endsWith(table.suffix())) {
                table.key().all().forEach(key -> names.add(key.name()));
                table.indexes().stream()
                        .filter(index -> index.name().equals(request.indexName()))
                        .forEach(index -> index.key().all().forEach(key -> names.add(key.name())));
            }
        }
        return names;
    }

    private static BatchGetItemResponse half(BatchGetItemRequest request, BatchGetItemResponse whole) {
        Map<String, KeysAndAttributes> left = new HashMap<>();
        Map<String, List<Map<String, AttributeValue>>> given = new HashMap<>();
        whole.responses().forEach((table, items) -> {
            KeysAndAttributes asked =
                    Objects.requireNonNull(request.requestItems().get(table));
            List<Map<String, AttributeValue>> half = items.subList(0, (items.size() + 1) / 2);
            given.put(table, half);
            List<Map<String, AttributeValue>> others = asked.keys().stream()
                    .filter(key ->
                            half.stream().noneMatch(item -> item.entrySet().containsAll(key.entrySet())))
                    .toList();
            if (!others.isEmpty()) {
                left.put(table, asked.toBuilder().keys(others).build());
            }
        });
        return whole.toBuilder().responses(given).unprocessedKeys(left).build();
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
