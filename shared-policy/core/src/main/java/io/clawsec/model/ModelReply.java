package io.clawsec.model;

import java.util.function.Function;

/** What became of a model call: a completion or a failure. */
public sealed interface ModelReply {

    /** Chooses by kind; the JDK 17 form of an exhaustive switch. */
    <T> T fold(Function<Completed, T> completed, Function<Failed, T> failed);

    /**
     * The model answered.
     *
     * @param completion its words, not yet guarded
     * @param model the model that answered, as the backend names it; at most 128 characters
     * @param promptTokens tokens read, as the backend counts them; 0 where it does not say
     * @param completionTokens tokens written, as the backend counts them; 0 where it does not say
     */
    record Completed(Completion completion, String model, long promptTokens, long completionTokens)
            implements ModelReply {
        @Override
        public <T> T fold(Function<Completed, T> completed, Function<Failed, T> failed) {
            return completed.apply(this);
        }
    }

    /** The backend failed; nothing of what it said is kept. */
    record Failed(Failure failure) implements ModelReply {
        @Override
        public <T> T fold(Function<Completed, T> completed, Function<Failed, T> failed) {
            return failed.apply(this);
        }
    }

    /** How a backend fails. The wire name labels {@code upstream_errors_total} and the audit's metadata. */
    enum Failure {
        /** It could not be reached, or the connection broke. */
        CONNECT("connect"),
        /** It did not answer in time. */
        TIMEOUT("timeout"),
        /** It answered with a status other than 200, redirects included. */
        STATUS("status"),
        /** Its answer is longer than the bound. */
        TOO_LARGE("too_large"),
        /** Its answer is not a chat completion with text in it. */
        MALFORMED("malformed");

        private final String wireName;

        Failure(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }
}
