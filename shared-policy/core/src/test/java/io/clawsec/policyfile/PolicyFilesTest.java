package io.clawsec.policyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clawsec.access.Permission;
import io.clawsec.access.Role;
import io.clawsec.guard.rule.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyFilesTest {

    private static final String RULE = """
            category: pii
            rules:
              - id: sample
                label: SAMPLE
                description: A sample.
                patterns: ['x\\d']
                examples: {match: ['x1'], no_match: ['y']}
            """;

    @TempDir
    Path folder;

    @Test
    void thePackagedRolesAreThoseOfTheContract() {
        var access = PolicyFiles.packaged().load().access();
        assertThat(access.roles().keySet()).containsExactly("agent", "developer", "auditor", "administrator");
        Role agent = access.role("agent").orElseThrow();
        assertThat(agent.permissions()).isEqualTo(Set.of(Permission.QUERY_SUBMIT, Permission.OUTPUT_READ));
        assertThat(agent.requestsPerHour()).hasValue(100);
        assertThat(agent.burstPerMinute()).hasValue(60);
        assertThat(agent.systemPrompt()).isFalse();
        Role developer = access.role("developer").orElseThrow();
        assertThat(developer.requestsPerHour()).hasValue(500);
        assertThat(developer.burstPerMinute()).hasValue(300);
        assertThat(developer.systemPrompt()).isTrue();
        assertThat(access.role("auditor").orElseThrow().permissions()).doesNotContain(Permission.QUERY_SUBMIT);
        Role administrator = access.role("administrator").orElseThrow();
        assertThat(administrator.permissions()).containsExactlyInAnyOrder(Permission.values());
        assertThat(administrator.requestsPerHour()).isEmpty();
        assertThat(administrator.tokenMinutes()).isEqualTo(60);
    }

    @Test
    void anOperatorsFileReplacesThePackagedOneOfItsName() throws IOException {
        Policy packaged = PolicyFiles.packaged().load();
        Files.writeString(folder.resolve("pii.yaml"), RULE);
        Policy replaced = PolicyFiles.in(folder).load();
        assertThat(replaced.packs().get(2).rules()).extracting(Rule::id).containsExactly("sample");
        assertThat(replaced.packs().get(0)).isEqualTo(packaged.packs().get(0));
        assertThat(replaced.sha256()).hasSize(64).isNotEqualTo(packaged.sha256());
    }

    @Test
    void theHashIsThatOfTheBytesAndNothingElse() throws IOException {
        Policy packaged = PolicyFiles.packaged().load();
        assertThat(PolicyFiles.in(folder).load().sha256()).isEqualTo(packaged.sha256());
        try (var in = PolicyFiles.class.getResourceAsStream("/policy/pii.yaml")) {
            Files.write(folder.resolve("pii.yaml"), in.readAllBytes());
        }
        assertThat(PolicyFiles.in(folder).load().sha256()).isEqualTo(packaged.sha256());
        Files.writeString(folder.resolve("pii.yaml"), Files.readString(folder.resolve("pii.yaml")) + "# more\n");
        assertThat(PolicyFiles.in(folder).load().sha256()).isNotEqualTo(packaged.sha256());
    }

    static Stream<Arguments> mistakes() {
        String role = "roles:\n  one:\n    description: One.\n    permissions: []\n";
        return Stream.of(
                Arguments.of("roles.yaml", "", "roles.yaml:1: the file is not a mapping of keys to values"),
                Arguments.of("roles.yaml", "roles: {a: [}", "roles.yaml:1: not well-formed YAML: "),
                Arguments.of("roles.yaml", "roles: {}", "roles.yaml:1: there is no role"),
                Arguments.of("roles.yaml", "rolls: {}", "roles.yaml:1: unknown key rolls in the file"),
                Arguments.of("roles.yaml", role + "    extra: 1\n", "roles.yaml:5: unknown key extra in role one"),
                Arguments.of(
                        "roles.yaml", role + "    budget: 5\n", "roles.yaml:5: budget is not supported yet: remove it"),
                Arguments.of(
                        "roles.yaml",
                        role + "    permissions: []\n",
                        "roles.yaml:5: the key permissions is there twice"),
                Arguments.of(
                        "roles.yaml",
                        role + "    token_minutes: 1441\n",
                        "roles.yaml:5: token_minutes is not a whole number from 1 to 1440"),
                Arguments.of(
                        "roles.yaml",
                        role + "    requests_per_hour: many\n",
                        "roles.yaml:5: requests_per_hour is not a whole number from 1 to 1000000000"),
                Arguments.of(
                        "roles.yaml",
                        role + "    system_prompt: yes\n",
                        "roles.yaml:5: system_prompt is neither true nor false"),
                Arguments.of(
                        "roles.yaml",
                        role + "    allowed_models: []\n",
                        "roles.yaml:5: allowed_models names no model; leave it out to allow any"),
                Arguments.of(
                        "roles.yaml",
                        role.replace("[]", "['query:all']"),
                        "roles.yaml:4: unknown permission query:all"),
                Arguments.of("roles.yaml", role.replace("One.", "!!java.net.URL [x]"), "roles.yaml:3: "),
                Arguments.of("roles.yaml", role.replace("[]", "&a [*a]"), "roles.yaml:"),
                Arguments.of("roles.yaml", "a: ".repeat(20), "roles.yaml:1: not"),
                Arguments.of("roles.yaml", "[".repeat(100), "roles.yaml:1: not"),
                Arguments.of("roles.yaml", "# " + "x".repeat(1 << 20), "roles.yaml:1: the file is larger than"),
                Arguments.of(
                        "pii.yaml",
                        RULE.replace("category: pii", "category: secret"),
                        "pii.yaml:1: the category of this file is pii"),
                Arguments.of("pii.yaml", RULE.replace("x\\d", "x(?=y)"), "pii.yaml:6: rule sample: lookaround"),
                Arguments.of("pii.yaml", RULE.replace("x\\d", "(x)\\1"), "pii.yaml:6: rule sample: backreferences"),
                Arguments.of("pii.yaml", RULE.replace("['x\\d']", "[]"), "pii.yaml:3: rule sample has no patterns"),
                Arguments.of("pii.yaml", RULE.replace("id: sample", "id: Sample"), "pii.yaml:3: an id is lower-case"),
                Arguments.of(
                        "pii.yaml", RULE.replace("label: SAMPLE", "label: s"), "pii.yaml:4: a label is upper-case"),
                Arguments.of("pii.yaml", RULE.replace("['y']", "[]"), "pii.yaml:7: a rule has examples"),
                Arguments.of(
                        "pii.yaml", RULE.replace("['y']", "[yes]"), "pii.yaml:7: an entry of no_match is not text"),
                Arguments.of("pii.yaml", RULE + "    validator: magic\n", "pii.yaml:8: unknown validator magic"),
                Arguments.of("pii.yaml", RULE + "    action: shout\n", "pii.yaml:8: unknown action shout"),
                Arguments.of("pii.yaml", RULE + "    keywords: ['Ab']\n", "pii.yaml:8: an entry of keywords is not"),
                Arguments.of(
                        "pii.yaml",
                        RULE + "    unless_before: ['how do i']\n",
                        "pii.yaml:8: only an injection may be spared"),
                Arguments.of("pii.yaml", RULE + "    max_length: 99999\n", "pii.yaml:8: max_length is not a whole"),
                Arguments.of(
                        "pii.yaml",
                        RULE.replace("id: sample", "id: iban")
                                + RULE.substring(RULE.indexOf("  - id")).replace("id: sample", "id: iban"),
                        "pii.yaml:8: the id iban is there twice"),
                Arguments.of(
                        "pii.yaml",
                        RULE.replace("id: sample", "id: openai-api-key"),
                        "pii.yaml:1: the id openai-api-key is in secrets.yaml too"),
                Arguments.of("secrets.yaml", "category: secret\n", "secrets.yaml:1: the file has no rules"),
                Arguments.of(
                        "pii.yaml",
                        RULE.replace("'x\\d'", "\"\\UFFFFFFFF\""),
                        "pii.yaml:6: not well-formed YAML: an escape that is no character"),
                Arguments.of(
                        "pii.yaml",
                        RULE.replace("A sample.", "\"A \\uD83D\""),
                        "pii.yaml:5: description has half of a character"),
                Arguments.of(
                        "pii.yaml", RULE.replace("A sample.", "A \0."), "pii.yaml:5: not acceptable YAML: special"),
                Arguments.of(
                        "pii.yaml",
                        RULE.replace("x\\d", "(x{1,1000}){1,1000}"),
                        "pii.yaml:6: rule sample: the pattern has more than"),
                Arguments.of(
                        "pii.yaml",
                        RULE.replace("x\\d", "((x{1000}){1000}){1000}"),
                        "pii.yaml:6: rule sample: the pattern has more than"),
                Arguments.of("secret.yaml", RULE, "secret.yaml:1: not the name of a policy file"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedByFileLineAndReason(String file, String content, String error) throws IOException {
        Files.writeString(folder.resolve(file), content);
        PolicyFileException refused = catchThrowableOfType(
                PolicyFileException.class, () -> PolicyFiles.in(folder).load());
        assertThat(refused).isNotNull();
        assertThat(refused.errors()).anySatisfy(line -> assertThat(line).startsWith(error));
    }

    @Test
    void aFileInAnotherEncodingIsRefusedWithTheLineThatShowsIt() throws IOException {
        Files.write(
                folder.resolve("pii.yaml"),
                RULE.replace("x\\d", "\u00e4\\d").replace("x1", "\u00e41").getBytes(StandardCharsets.ISO_8859_1));
        PolicyFileException refused = catchThrowableOfType(
                PolicyFileException.class, () -> PolicyFiles.in(folder).load());
        assertThat(refused).isNotNull();
        assertThat(refused.errors()).containsExactly("pii.yaml:6: not UTF-8");
    }

    @Test
    void aMarkOfTheEncodingAndTheLineEndsOfWindowsChangeNothing() throws IOException {
        Files.writeString(folder.resolve("pii.yaml"), "\ufeff" + RULE.replace("\n", "\r\n"));
        assertThat(PolicyFiles.in(folder).load().packs().get(2).rules())
                .extracting(Rule::id)
                .containsExactly("sample");
    }

    @Test
    @Timeout(30)
    void aDraftOfPatternsThatAreTooLargeIsGivenUpAndNotTriedToItsEnd() {
        String rule = RULE.substring(RULE.indexOf("  - id"));
        StringBuilder draft = new StringBuilder("category: pii\nrules:\n");
        for (int i = 0; i < 45; i++) { // each pattern takes some ten milliseconds to be refused
            draft.append(rule.replace("sample", "sample-" + i).replace("'x\\d'", "'(x{1,19}){1,1000}',".repeat(500)));
        }
        PolicyFileException refused =
                catchThrowableOfType(PolicyFileException.class, () -> PackDraft.read(draft.toString(), List.of()));
        assertThat(refused.errors()).isNotEmpty();
    }

    @Test
    void allMistakesOfAllFilesAreToldAtOnce() throws IOException {
        Files.writeString(folder.resolve("roles.yaml"), "roles:\n  One:\n    permission: []\n");
        Files.writeString(folder.resolve("pii.yaml"), "category: pii\nrules: 5\n");
        PolicyFileException refused = catchThrowableOfType(
                PolicyFileException.class, () -> PolicyFiles.in(folder).load());
        assertThat(refused.errors())
                .isEqualTo(List.of(
                        "roles.yaml:3: a role's name is a lower-case word of at most 64 characters",
                        "roles.yaml:3: unknown key permission in role One",
                        "roles.yaml:3: role One has no description",
                        "roles.yaml:3: the role has no permissions; write [] for none",
                        "pii.yaml:2: rules is not a list"));
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        PolicyFileException refused = catchThrowableOfType(
                PolicyFileException.class,
                () -> PolicyFiles.in(folder.resolve("missing")).load());
        assertThat(refused.errors()).hasSize(1);
    }
}
