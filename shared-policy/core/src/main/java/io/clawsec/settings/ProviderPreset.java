package io.clawsec.settings;

import java.util.List;
import java.util.stream.Stream;

/**
 * A known provider, for forms to fill in: nothing follows from {@code llm.provider} itself.
 *
 * @param name the value of {@code llm.provider}
 * @param apiUrl its chat-completions URL
 * @param model a model that it has
 */
public record ProviderPreset(String name, String apiUrl, String model) {

    /** The name where it is none of these. */
    public static final String CUSTOM = "custom";

    /** All of them. */
    public static final List<ProviderPreset> ALL = List.of(
            new ProviderPreset("openai", "https://api.openai.com/v1/chat/completions", "gpt-4o"),
            new ProviderPreset("anthropic", "https://api.anthropic.com/v1/chat/completions", "claude-sonnet-4-5"),
            new ProviderPreset(
                    "gemini",
                    "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
                    "gemini-2.5-flash"),
            new ProviderPreset("mistral", "https://api.mistral.ai/v1/chat/completions", "mistral-large-latest"),
            new ProviderPreset("groq", "https://api.groq.com/openai/v1/chat/completions", "llama-3.3-70b-versatile"),
            new ProviderPreset("openrouter", "https://openrouter.ai/api/v1/chat/completions", "openai/gpt-4o"),
            new ProviderPreset("ollama", "http://localhost:11434/v1/chat/completions", "llama3.2"));

    static List<String> names() {
        return Stream.concat(Stream.of(CUSTOM), ALL.stream().map(ProviderPreset::name))
                .toList();
    }
}
