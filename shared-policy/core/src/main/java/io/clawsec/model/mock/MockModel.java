package io.clawsec.model.mock;

import io.clawsec.model.Completion;
import io.clawsec.model.LanguageModel;
import io.clawsec.model.ModelReply;
import io.clawsec.model.ModelRequest;

/**
 * The model that answers where no backend is configured: the same words for the same request, without a network.
 *
 * <p>Its answer says that it is one, and how long the prompt was, but never what the prompt said: an echo would make
 * every prompt come out of the model, and every demonstration of a redaction a lie. Tokens are estimated at
 * {@value #CHARACTERS_PER_TOKEN} characters each, rounded up, which is about right for English.
 */
public final class MockModel implements LanguageModel {

    /** The name of the built-in model, in settings and in answers. */
    public static final String NAME = "mock";

    static final int CHARACTERS_PER_TOKEN = 4;

    /** Answers; the model and the temperature that the request names change nothing. */
    @Override
    public ModelReply complete(ModelRequest request) {
        long read = request.messages().stream()
                .map(message -> message.prompt().text())
                .mapToLong(text -> text.codePointCount(0, text.length()))
                .sum();
        String answer = "[mock answer] No model backend is configured, so no model read this conversation of "
                + request.messages().size() + (request.messages().size() == 1 ? " message and " : " messages and ")
                + read
                + " characters. Set LLM_API_URL to the full chat-completions URL of an OpenAI-compatible backend,"
                + " and LLM_API_KEY if it wants a key.";
        return new ModelReply.Completed(new Completion(answer), NAME, tokens(read), tokens(answer.length()));
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean live() {
        return false;
    }
}
