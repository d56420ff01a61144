package io.clawsec.query;

import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelRequest;
import io.clawsec.settings.LlmSettings;
import io.clawsec.settings.ProviderPreset;
import io.clawsec.telemetry.Span;
import io.clawsec.telemetry.SpanAttribute;
import io.clawsec.telemetry.SpanName;
import java.util.Map;

/**
 * Asks the model within a span of its own, which tells names and numbers (OpenTelemetry's conventions for generative AI)
 * and not a word of what is asked or answered. No id of the trace goes to the backend: it is a stranger's machine.
 *
 * @param model is asked
 * @param provider what a trace calls whoever runs it
 * @param maxTokens the longest answer that is asked for where a request does not say; not positive: none is
 */
record AgentQuery(LanguageModel model, String provider, int maxTokens) {

    /** The names that the conventions have for a provider, where they are not our own. */
    private static final Map<String, String> CONVENTIONAL = Map.of(
            "gemini",
            "gcp.gemini",
            "mistral",
            "mistral_ai",
            ProviderPreset.CUSTOM,
            "openai"); // what it is nobody said; this is the protocol that it speaks

    private static final String NOBODY = "mock";

    static AgentQuery of(LanguageModel model, LlmSettings settings) {
        return model.live()
                ? new AgentQuery(
                        model,
                        CONVENTIONAL.getOrDefault(settings.provider(), settings.provider()),
                        settings.maxTokens())
                : new AgentQuery(model, NOBODY, 0);
    }

    /** Asks, within a child of the request's span. */
    ModelReply ask(ModelRequest question, Span request) {
        return request.during(SpanName.AGENT_QUERY, span -> {
            if (!span.recording()) {
                return model.complete(question);
            }
            tell(span, question);
            ModelReply reply = model.complete(question);
            return reply.fold(completed -> tell(span, completed), failed -> tell(span, failed));
        });
    }

    private void tell(Span span, ModelRequest question) {
        span.set(SpanAttribute.GEN_AI_OPERATION, "chat");
        span.set(SpanAttribute.GEN_AI_PROVIDER, provider);
        String named = question.model();
        span.set(SpanAttribute.GEN_AI_REQUEST_MODEL, named == null ? model.name() : named);
        int longest = question.maxTokens().orElse(maxTokens);
        if (longest > 0) {
            span.set(SpanAttribute.GEN_AI_REQUEST_MAX_TOKENS, longest);
        }
        question.temperature()
                .ifPresent(temperature -> span.set(SpanAttribute.GEN_AI_REQUEST_TEMPERATURE, temperature));
    }

    private static ModelReply tell(Span span, ModelReply.Completed completed) {
        span.set(SpanAttribute.GEN_AI_RESPONSE_MODEL, completed.model());
        span.set(SpanAttribute.GEN_AI_INPUT_TOKENS, completed.promptTokens());
        span.set(SpanAttribute.GEN_AI_OUTPUT_TOKENS, completed.completionTokens());
        return completed;
    }

    private static ModelReply tell(Span span, ModelReply.Failed failed) {
        span.fail(failed.failure().wireName());
        return failed;
    }
}
