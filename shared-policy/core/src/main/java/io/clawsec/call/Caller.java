package io.clawsec.call;

import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, before anybody knows who sent it.
 *
 * @param address the client's IP address as the edge believes it; null where the transport has none
 * @param host the {@code Host} the client named, port included
 * @param origin the {@code Origin} a browser named
 */
public record Caller(
        @Nullable String address,
        @Nullable String host,
        @Nullable String origin) {}
