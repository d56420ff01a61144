package io.clawsec.store.dynamodb;

import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;

/**
 * The audit's table, as what is in it.
 *
 * @param records the records, with the indexes
 * @param marks what is beside them
 */
record AuditTable(DynamoDbTable<AuditItem> records, DynamoDbTable<AuditMark> marks) {

    static AuditTable of(DynamoDbEnhancedClient client, String name) {
        return new AuditTable(client.table(name, AuditItem.SCHEMA), client.table(name, AuditMark.SCHEMA));
    }
}
