package io.clawsec.conformance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Records that carry what no log may show say what their text is themselves. */
final class ConfidentialRecords {

    /** Components that hold a caller's or a model's words, who somebody is, or what opens a door. */
    private static final Set<String> CONFIDENTIAL = Set.of(
            "text",
            "prompt",
            "systemPrompt",
            "utf8",
            "value",
            "token",
            "secret",
            "signingSecret",
            "privatePem",
            "der",
            "password",
            "apiKey",
            "environment",
            "headers",
            "subject",
            "userId",
            "principalKey");

    /** A component of such a type hides what it holds itself, or can hold nothing. */
    private static final Set<String> HARMLESS_TYPES =
            Set.of("BearerToken", "Prompt", "ApiKey", "Completion", "boolean");

    /** A response's headers are made here, one by one: nothing of a caller is in them. */
    private static final Set<String> HARMLESS_RECORDS = Set.of("OutgoingResponse", "Header");

    private ConfidentialRecords() {}

    static ArchCondition<JavaClass> hideWhatIsConfidential() {
        return new ArchCondition<>("hide what is confidential") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaField component : type.getFields()) {
                    if (isConfidential(component)) {
                        events.add(new SimpleConditionEvent(
                                type, hasTextOfItsOwn(type), type.getName() + " shows its " + component.getName()));
                    }
                }
            }
        };
    }

    private static boolean isConfidential(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.STATIC)
                && CONFIDENTIAL.contains(field.getName())
                && !HARMLESS_RECORDS.contains(field.getOwner().getSimpleName())
                && !HARMLESS_TYPES.contains(field.getRawType().getSimpleName());
    }

    /** The compiler's own toString of a record is final; one that somebody wrote is not. */
    private static boolean hasTextOfItsOwn(JavaClass type) {
        return type.tryGetMethod("toString")
                .map(JavaMethod::getModifiers)
                .map(modifiers -> !modifiers.contains(JavaModifier.FINAL))
                .orElse(false);
    }
}
