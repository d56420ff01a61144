package io.clawsec.call;

import io.clawsec.audit.AuditUnavailableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose end is durable in the audit before the caller sees it. An end that cannot be kept breaks the stream off:
 * nobody holds a whole answer that the audit does not tell of.
 *
 * @param source the stream itself
 * @param end keeps how it ended
 */
record AuditedStream(AnswerStream.Source source, End end) implements AnswerStream.Source {

    /** Keeps how a stream ended. */
    @FunctionalInterface
    interface End {
        /**
         * Whether the end is durable now.
         *
         * @param broken what broke the stream off; null where it came to its end
         */
        boolean keep(@Nullable Throwable broken);
    }

    @Override
    public void writeTo(AnswerStream.Sink sink) throws IOException {
        try {
            source.writeTo(sink);
        } catch (IOException | RuntimeException | Error e) {
            end.keep(e);
            throw e;
        }
        if (!end.keep(null)) {
            throw new AuditUnavailableException("the end of a stream could not be kept", null);
        }
    }
}
