package io.clawsec.edge.http;

import io.clawsec.call.Operation;

/**
 * One line of the route table.
 *
 * @param method upper-case
 * @param path matched exactly, byte for byte
 * @param function the function that serves it, by its name in the function catalog
 * @param operation what it asks for
 * @param body whether and how it reads a body
 */
public record Route(String method, String path, String function, Operation operation, BodyKind body) {

    /** Longest body of a route, in bytes: 1 MB. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    /** Whether and how a route reads a body. */
    public enum BodyKind {
        /** It reads none; one that is sent is left unread. */
        NONE,
        /** JSON, and nothing else will do. */
        JSON,
        /** JSON; a missing content type, or a form's with a body that begins with a brace, is taken for it. */
        JSON_BY_DEFAULT
    }
}
