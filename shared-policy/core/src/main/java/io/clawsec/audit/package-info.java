/** What happened: events, the chains they are kept in, the port of their store, and the verifier of the chains. */
@NullMarked
package io.clawsec.audit;

import org.jspecify.annotations.NullMarked;
