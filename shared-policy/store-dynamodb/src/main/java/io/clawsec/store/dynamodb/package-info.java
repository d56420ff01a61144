/**
 * Amazon DynamoDB behind the core's repositories: three tables, one writer thread a process, any number of processes.
 *
 * <p>Here belongs what connects the ports to DynamoDB, the keys above all: decision 0020 has their arithmetic. What is
 * decided, such as the form of a record or the meaning of a window, is in the core.
 */
@NullMarked
package io.clawsec.store.dynamodb;

import org.jspecify.annotations.NullMarked;
