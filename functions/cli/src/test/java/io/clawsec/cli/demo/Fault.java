package io.clawsec.cli.demo;

/** One way in which {@link FakeClawSec} is not as it should be, and the step that must find out. */
public enum Fault {
    REFUSES_TOKENS("An agent and an auditor get their tokens"),
    ANSWERS_WITHOUT_THE_MODEL("A harmless question is answered"),
    CHANGES_THE_ANSWER("A harmless question is answered"),
    LETS_INJECTIONS_PASS("A prompt injection is blocked"),
    NAMES_NO_RULES("A prompt injection is blocked"),
    ASKS_THE_MODEL_BEFORE_BLOCKING("A secret in a question is blocked"),
    REPEATS_THE_SECRET("A secret in a question is blocked"),
    FORWARDS_PERSONAL_DATA("Personal data is redacted before the model sees it"),
    DELIVERS_SECRETS("A secret in an answer is redacted"),
    LETS_AUDITORS_ASK("An auditor may not ask the model"),
    FORGETS_DENIALS("The audit tells all of it, and nothing that was said"),
    RECORDS_PROMPTS("The audit tells all of it, and nothing that was said"),
    REFUSES_THE_AUDIT("The audit tells all of it, and nothing that was said");

    private final String step;

    Fault(String step) {
        this.step = step;
    }

    /** The title of the step. */
    public String step() {
        return step;
    }
}
