/** The door on AWS Lambda: events of an HTTP API in, responses out. What a request means is decided elsewhere. */
@NullMarked
package io.clawsec.edge.lambda;

import org.jspecify.annotations.NullMarked;
