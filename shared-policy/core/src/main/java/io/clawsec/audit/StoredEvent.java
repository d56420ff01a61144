package io.clawsec.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event in its place in one writer's chain.
 *
 * @param event what happened, read back from the record
 * @param formatVersion of the record; 1 today
 * @param writerId the chain: one per process that writes
 * @param sequence place in the chain, from 0 without holes
 * @param previousHash hash of the record before, 64 hex digits; all zeros for the first
 * @param continues of a first record, the chain that its writer gave up for this one; null where there is none
 * @param hash SHA-256 of the record's bytes, 64 hex digits
 */
public record StoredEvent(
        AuditEvent event,
        int formatVersion,
        UUID writerId,
        long sequence,
        String previousHash,
        @Nullable Continuation continues,
        String hash) {}
