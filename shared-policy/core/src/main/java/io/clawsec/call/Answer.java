package io.clawsec.call;

import io.clawsec.json.Json;
import io.clawsec.json.JsonObject;
import io.clawsec.usage.Quota;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call's whole answer.
 *
 * @param content the bytes; not copied, so do not change them
 * @param mediaType what they are, such as {@value #JSON}
 * @param quota where the caller stands with its rate limit; null when the call was not metered
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: nobody compares answers
public record Answer(
        byte[] content, String mediaType, @Nullable Quota quota) implements Outcome {

    /** The media type of almost every answer. */
    public static final String JSON = "application/json";

    /** An answer that is a JSON object. */
    public static Answer json(JsonObject object) {
        return json(object, null);
    }

    /** A metered answer that is a JSON object. */
    public static Answer json(JsonObject object, @Nullable Quota quota) {
        return new Answer(Json.write(object), JSON, quota);
    }

    @Override
    public <T> T fold(Function<Answer, T> answer, Function<AnswerStream, T> stream, Function<Refusal, T> refusal) {
        return answer.apply(this);
    }

    /** Shows type and length only. */
    @Override
    public String toString() {
        return "Answer[" + mediaType + ", " + content.length + " bytes]";
    }
}
