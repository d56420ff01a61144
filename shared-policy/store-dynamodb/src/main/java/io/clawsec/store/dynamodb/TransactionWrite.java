package io.clawsec.store.dynamodb;

import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactPutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** One item's write, which a transaction makes with its others or not at all. */
@FunctionalInterface
interface TransactionWrite {

    /** That there is nothing under the key. */
    Expression NOT_THERE = Expression.builder()
            .expression("attribute_not_exists(" + DynamoDbTables.PK + ")")
            .build();

    void addTo(TransactWriteItemsEnhancedRequest.Builder transaction);

    /** Writes what is not there yet; where something is, the refusal brings it along. */
    static <T> TransactionWrite once(DynamoDbTable<T> table, T item) {
        TransactPutItemEnhancedRequest<T> put = TransactPutItemEnhancedRequest.<T>builder(
                        table.tableSchema().itemType().rawClass())
                .item(item)
                .conditionExpression(NOT_THERE)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return transaction -> transaction.addPutItem(table, put);
    }
}
