package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.edge.EnvironmentVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README.md states is so: its table of variables, the places it names, the roles. */
class ReadmeTest {

    private static final Path README = Clone.TOP.resolve("README.md");

    /** A row of the table of variables: name, default, what it is. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]*)` \\| (.*?) \\| (.*) \\|$");

    private static final Pattern ROOM = Pattern.compile("(?m)^\\| (`[^|]*`) \\| .* \\|$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    @Test
    void the_table_of_variables_is_the_one_that_is_read() {
        List<String> told = found(ROW, Clone.text(README))
                .map(row -> row.group(1) + " | " + row.group(2).replace("`", "").strip() + " | " + row.group(3))
                .toList();
        List<String> read = Stream.of(EnvironmentVariable.values())
                .map(variable -> variable.name() + " | " + variable.defaultValue() + " | " + variable.description())
                .toList();
        assertThat(told).containsExactlyElementsOf(read);
    }

    @Test
    void the_places_it_names_are_there() {
        String map = section("Map");
        List<String> rooms = found(ROOM, map)
                .flatMap(row -> places(row.group(1)))
                .filter(place -> !Files.exists(Clone.TOP.resolve(place)))
                .toList();
        assertThat(map).contains("| `");
        assertThat(rooms).isEmpty();
        assertThat(found(LINK, Clone.text(README)).map(link -> link.group(1)))
                .allSatisfy(link -> assertThat(Clone.TOP.resolve(link)).exists());
    }

    /** The cell's places; what follows a place without a folder of its own stands beside it. */
    private static Stream<String> places(String cell) {
        List<String> names = found(QUOTED, cell).map(name -> name.group(1)).toList();
        String folder = names.get(0).contains("/") ? names.get(0).replaceFirst("[^/]*$", "") : "";
        return names.stream().map(name -> Files.exists(Clone.TOP.resolve(name)) ? name : folder + name);
    }

    @Test
    void the_roles_are_those_of_the_packaged_matrix() {
        Map<String, Object> roles = Clone.at(
                Clone.yaml(Clone.TOP.resolve("shared-policy/core/src/main/resources/policy/roles.yaml")), "roles");
        List<String> told = found(Pattern.compile("(?m)^\\| ([a-z]+) \\|"), section("Roles"))
                .map(row -> row.group(1))
                .filter(name -> !name.equals("role"))
                .toList();
        assertThat(told).containsExactlyElementsOf(roles.keySet());
    }

    /** What stands between a heading of the second level and the next. */
    static String section(String heading) {
        String text = Clone.text(README);
        int start = text.indexOf("\n## " + heading + "\n");
        assertThat(start).as("README.md has a section %s", heading).isNotNegative();
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }
}
