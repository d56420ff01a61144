package io.clawsec.call;

import io.clawsec.usage.Quota;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call's answer that leaves piece by piece.
 *
 * @param mediaType what the pieces together are, such as {@code application/x-ndjson}
 * @param source writes the pieces; called once, on the thread of the request
 * @param quota where the caller stands with its rate limit; null when the call was not metered
 */
public record AnswerStream(
        String mediaType, Source source, @Nullable Quota quota) implements Outcome {

    /** Where the pieces come from. */
    @FunctionalInterface
    public interface Source {
        /** Hands every piece to the sink in order; an {@link IOException} of the sink ends the stream. */
        void writeTo(Sink sink) throws IOException;
    }

    /** Where the pieces go. */
    @FunctionalInterface
    public interface Sink {
        /** Sends one piece on its way to the caller before it returns. */
        void piece(byte[] bytes) throws IOException;
    }

    @Override
    public <T> T fold(Function<Answer, T> answer, Function<AnswerStream, T> stream, Function<Refusal, T> refusal) {
        return stream.apply(this);
    }
}
