package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the packages for AWS Lambda, and what is not. */
class LambdaPackageIT {

    /** What they have now, and a little: larger ones start slower. AWS itself takes 50 MB. */
    private static final long MOST_BYTES = 33_000_000;

    /** Servers, stores that do not last there, what makes tables, a second JSON binding, and tests. */
    private static final String FORBIDDEN =
            ".*(tomcat|netty|webflux|reactor-netty|servlet|sqlite|store-embedded|flyway|webmvc|log4j|joda|testkit|junit"
                    + "|runtime-interface-client|jackson-databind-2|spring-boot-devtools|all-in-one|cli-).*";

    static Stream<LambdaPackage> packages() {
        return LambdaPackage.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_holds_libraries_and_nothing_that_its_function_does_not_use(LambdaPackage function) {
        assertThat(function.entries())
                .allMatch(name -> name.equals("lib/") || name.matches("lib/[^/]+\\.jar"))
                .noneMatch(name -> name.matches(FORBIDDEN))
                .anyMatch(name -> name.startsWith("lib/" + function + "-"))
                .anyMatch(name -> name.startsWith("lib/core-"))
                .anyMatch(name -> name.startsWith("lib/edge-"))
                .anyMatch(name -> name.startsWith("lib/spring-cloud-function-adapter-aws-"));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_holds_no_other_function(LambdaPackage function) {
        LambdaPackage.ALL.stream()
                .filter(other -> !other.equals(function))
                .forEach(other -> assertThat(function.entries())
                        .noneMatch(name -> name.startsWith("lib/" + other.function() + "-")));
        assertThat(function.entries().stream().anyMatch(name -> name.startsWith("lib/model-openai-")))
                .as("only a query, and a trial of the settings, ask a model")
                .isEqualTo(Set.of("query", "admin").contains(function.function()));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_is_small(LambdaPackage function) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f MB in %d files%n",
                function.zip().getFileName(),
                function.bytes() / 1e6,
                function.entries().size());
        assertThat(function.bytes()).isLessThan(MOST_BYTES);
    }
}
