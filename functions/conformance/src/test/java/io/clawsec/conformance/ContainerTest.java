package io.clawsec.conformance;

import static io.clawsec.conformance.Clone.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clawsec.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The image and the compose files keep what they promise, as far as can be read without a container engine. */
class ContainerTest {

    private static final Path FOLDER = Clone.TOP.resolve("infra/container");
    private static final Path COMPOSE = FOLDER.resolve("compose.yaml");
    private static final List<Path> COMPOSE_FILES = List.of(COMPOSE, Clone.TOP.resolve("localstack/compose.yaml"));
    private static final Pattern PINNED_IMAGE = Pattern.compile("[a-z0-9./-]+:(?!latest$)[A-Za-z0-9._-]+(@sha256:.+)?");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i)secret|password|token|api_?key|jwt");

    /** An instruction of a Dockerfile: its word and what follows it. */
    private record Instruction(String word, String rest) {}

    @Test
    void theProcessIsNotRootByNumber() {
        assertThat(last("USER").rest()).matches("[1-9][0-9]*:[1-9][0-9]*");
    }

    @Test
    void theProcessIsStartedWithoutAShell() throws Exception {
        List<?> command =
                (List<?>) Objects.requireNonNull(Json.parse(last("ENTRYPOINT").rest()));
        assertThat(command.get(0)).isEqualTo("java");
        assertThat(command.toString()).contains("/app/clawsec-all-in-one.jar").contains("ExitOnOutOfMemoryError");
        assertThat(words()).doesNotContain("CMD");
    }

    @Test
    void nothingIsFetchedIntoTheImageButPinnedBases() {
        assertThat(words()).doesNotContain("ADD");
        for (Instruction from : all("FROM")) {
            assertThat(from.rest().split(" ")[0]).matches(PINNED_IMAGE);
        }
        assertThat(all("FROM")).hasSize(2);
        assertThat(last("FROM").rest()).contains("jre").doesNotContain("jdk");
    }

    @Test
    void theImageHoldsNoSecret() {
        Stream.of("ENV", "ARG", "LABEL")
                .flatMap(word -> all(word).stream())
                .forEach(instruction -> assertThat(instruction.rest()).doesNotContainPattern(SECRET_NAME));
        for (String line :
                Clone.text(FOLDER.resolve("clawsec.env.example")).lines().toList()) {
            if (SECRET_NAME.matcher(line.split("=")[0]).find() && !line.startsWith("#")) {
                assertThat(line).endsWith("=");
            }
        }
        assertThat(Clone.text(Clone.TOP.resolve(".gitignore")).lines()).contains("clawsec.env");
        assertThat(Clone.text(Clone.TOP.resolve(".dockerignore")).lines()).contains("*", "**/*.env", "**/target");
    }

    @Test
    void theImageExposesTheDefaultPortsAndComposePublishesTheApiAlone() {
        Set<String> exposed = new TreeSet<>(List.of(last("EXPOSE").rest().split("\\s+")));
        assertThat(exposed).containsExactly(environment("PORT"), environment("CLAWSEC_MANAGEMENT_PORT"));

        List<String> published = at(service("clawsec"), "ports");
        assertThat(published).containsExactly("127.0.0.1:8080:" + environment("PORT"));
        Object scrape = Clone.yaml(Clone.TOP.resolve("dashboards/prometheus/prometheus.yaml"));
        assertThat(scrape.toString()).contains("clawsec:" + environment("CLAWSEC_MANAGEMENT_PORT"));
    }

    @Test
    void theDataFolderBelongsToTheProcess() {
        String data = environment("CLAWSEC_DATA_DIR");
        String[] owner = last("USER").rest().split(":");
        assertThat(all("RUN"))
                .anyMatch(run -> run.rest().contains("-o " + owner[0] + " -g " + owner[1] + " -m 0700 " + data));
        assertThat(Clone.<List<String>>at(service("clawsec"), "volumes")).contains("clawsec-data:" + data);
        assertThat(Clone.<String>at(service("clawsec"), "user"))
                .isEqualTo(last("USER").rest());
    }

    @Test
    void composeTakesAwayWhatTheServicesDoNotNeed() {
        Map<String, Object> services = at(Clone.yaml(COMPOSE), "services");
        services.forEach((name, service) -> {
            assertThat(Clone.<Boolean>at(service, "read_only")).as(name).isTrue();
            assertThat(Clone.<List<String>>at(service, "cap_drop")).as(name).containsExactly("ALL");
            assertThat(Clone.<List<String>>at(service, "security_opt")).as(name).contains("no-new-privileges:true");
            assertThat((Map<?, ?>) service)
                    .as(name)
                    .satisfies(it -> assertThat(it.containsKey("privileged")).isFalse());
        });
        assertThat(Clone.<List<String>>at(service("clawsec"), "tmpfs"))
                .as("sqlite-jdbc loads its native library from /tmp")
                .singleElement()
                .asString()
                .startsWith("/tmp:")
                .contains("exec")
                .doesNotContain("noexec");
    }

    @Test
    void composePinsImagesAndBindsToThisMachineOnly() {
        for (Path file : COMPOSE_FILES) {
            Clone.<Map<String, Object>>at(Clone.yaml(file), "services").forEach((name, service) -> {
                assertThat(Clone.<String>at(service, "image")).as(name).matches(PINNED_IMAGE);
                assertThat(Clone.<List<String>>at(service, "ports"))
                        .as(name)
                        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
            });
        }
    }

    @Test
    void whatComposeMountsAndBuildsIsThere() {
        for (Path file : COMPOSE_FILES) {
            Clone.<Map<String, Object>>at(Clone.yaml(file), "services").values().stream()
                    .flatMap(service -> Clone.<List<String>>at(service, "volumes").stream())
                    .filter(volume -> volume.startsWith("."))
                    .forEach(volume -> assertThat(
                                    file.resolveSibling(volume.split(":")[0]).normalize())
                            .exists());
        }
        Path context = FOLDER.resolve(Clone.<String>at(service("clawsec"), "build", "context"));
        assertThat(context.normalize()).isEqualTo(Clone.TOP);
        assertThat(context.resolve(Clone.<String>at(service("clawsec"), "build", "dockerfile")))
                .exists();
    }

    @Test
    void grafanaFindsTheDashboardWhereItIsMounted() {
        Object provider = Clone.yaml(Clone.TOP.resolve("dashboards/grafana/provisioning/dashboards/clawsec.yaml"));
        List<?> providers = at(provider, "providers");
        String folder = at(providers.get(0), "options", "path");
        assertThat(Clone.<List<String>>at(service("grafana"), "volumes"))
                .contains("../../dashboards/grafana/clawsec.json:" + folder + "/clawsec.json:ro");
    }

    @Test
    void scriptsAreWellFormed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh on this machine");
        List<Path> scripts = new ArrayList<>(Clone.files("localstack", ".sh"));
        Stream.of("clawsec", ".ci/run")
                .map(Clone.TOP::resolve)
                .filter(Files::isRegularFile)
                .forEach(scripts::add);
        assertThat(scripts).hasSizeGreaterThan(1);
        for (Path script : scripts) {
            assertThat(script).isExecutable();
            String shell = Clone.text(script).startsWith("#!/bin/sh") ? "/bin/sh" : "bash";
            Process process = new ProcessBuilder(shell, "-n", script.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("%s: %s", script, said).isZero();
        }
    }

    private static Map<String, Object> service(String name) {
        return at(Clone.yaml(COMPOSE), "services", name);
    }

    private static String environment(String name) {
        for (String setting : last("ENV").rest().split("\\s+")) {
            if (setting.startsWith(name + "=")) {
                return setting.substring(name.length() + 1);
            }
        }
        throw new AssertionError("the image sets no " + name);
    }

    private static List<String> words() {
        return instructions().stream().map(Instruction::word).toList();
    }

    private static List<Instruction> all(String word) {
        return instructions().stream().filter(it -> it.word().equals(word)).toList();
    }

    private static Instruction last(String word) {
        List<Instruction> all = all(word);
        assertThat(all).as(word).isNotEmpty();
        return all.get(all.size() - 1);
    }

    private static List<Instruction> instructions() {
        String joined = Clone.text(FOLDER.resolve("Dockerfile"))
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .reduce("", (text, line) -> text + line + "\n")
                .replace("\\\n", " ");
        return joined.lines()
                .map(line -> line.split("\\s+", 2))
                .map(parts -> new Instruction(parts[0], parts[1].strip()))
                .toList();
    }
}
