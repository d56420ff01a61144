package io.clawsec.call;

import io.clawsec.usage.Quota;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call comes to: an answer, a stream of pieces, or a refusal. */
public sealed interface Outcome permits Answer, AnswerStream, Refusal {

    /** Chooses by kind; the JDK 17 form of an exhaustive switch. */
    <T> T fold(Function<Answer, T> answer, Function<AnswerStream, T> stream, Function<Refusal, T> refusal);

    /** Where the caller stands with its rate limit; null when the call was not metered. */
    @Nullable
    Quota quota();
}
