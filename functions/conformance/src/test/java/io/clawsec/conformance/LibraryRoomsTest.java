package io.clawsec.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What only one room may touch: each library, and each power such as making tables, has the room that connects to it. */
@AnalyzeClasses(packages = "io.clawsec", importOptions = ArchitectureTest.Product.class)
final class LibraryRoomsTest {

    private LibraryRoomsTest() {}

    @ArchTest
    static final ArchRule sql_is_spoken_in_stores_only = only(
                    "io.clawsec.store.sql..", "io.clawsec.store.embedded..", "io.clawsec.store.postgres..")
            .may("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule sqlite_is_known_in_one_room =
            only("io.clawsec.store.embedded..").may("org.sqlite..");

    @ArchTest
    static final ArchRule connections_are_pooled_in_one_room =
            only("io.clawsec.store.postgres..").may("com.zaxxer..", "org.postgresql..");

    @ArchTest
    static final ArchRule tables_are_made_in_one_room =
            only("io.clawsec.store.postgres.migrate..").may("org.flywaydb..");

    @ArchTest
    static final ArchRule tables_are_made_by_the_command_line_alone =
            only("io.clawsec.cli..", "io.clawsec.store.postgres.migrate..").may("io.clawsec.store.postgres.migrate..");

    @ArchTest
    static final ArchRule the_sdk_of_aws_stays_in_its_store =
            only("io.clawsec.store.dynamodb..").may("software.amazon..");

    @ArchTest
    static final ArchRule the_servlet_container_stays_in_one_room =
            only("io.clawsec.edge.servlet..").may("jakarta..", "org.apache..");

    @ArchTest
    static final ArchRule spring_stays_in_the_catalog_and_at_the_two_doors = only(
                    "io.clawsec.edge.catalog..", "io.clawsec.edge.servlet..", "io.clawsec.edge.lambda..")
            .may("org.springframework..");

    @ArchTest
    static final ArchRule the_events_of_aws_stay_at_their_door =
            only("io.clawsec.edge.lambda..").may("com.amazonaws..");

    @ArchTest
    static final ArchRule the_log_library_stays_in_one_room =
            only("io.clawsec.edge.log..").may("ch.qos.logback..", "org.slf4j..", "java.util.logging..");

    @ArchTest
    static final ArchRule the_metrics_library_stays_at_the_edge =
            only("io.clawsec.edge").may("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule telemetry_is_exported_from_one_room =
            only("io.clawsec.telemetry.otlp..").may("io.opentelemetry..", "okhttp3..", "okio..", "kotlin..");

    @ArchTest
    static final ArchRule patterns_are_matched_in_one_room =
            only("io.clawsec.guard.pattern..").may("com.google.re2j..");

    @ArchTest
    static final ArchRule tokens_are_signed_and_verified_in_one_room =
            only("io.clawsec.identity.jwt..").may("io.jsonwebtoken..");

    @ArchTest
    static final ArchRule keys_are_held_where_tokens_are_signed_and_where_secrets_are_sealed =
            only("io.clawsec.identity.jwt..", "io.clawsec.settings..").may("javax.crypto..");

    @ArchTest
    static final ArchRule yaml_is_read_in_one_room =
            only("io.clawsec.policyfile..").may("org.yaml..");

    @ArchTest
    static final ArchRule json_is_read_and_written_in_one_room =
            only("io.clawsec.json..").may("tools.jackson..");

    @ArchTest
    static final ArchRule backends_are_called_from_one_room =
            only("io.clawsec.model.openai..", "io.clawsec.cli..").may("java.net.http..");

    @ArchTest
    static final ArchRule command_lines_are_parsed_in_one_room =
            only("io.clawsec.cli..").may("picocli..");

    /** Rooms that alone may touch something. */
    private record Rooms(List<String> packages) {
        ArchRule may(String... touched) {
            return noClasses()
                    .that(are(resideOutsideOfPackages(packages.toArray(String[]::new))))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(touched));
        }
    }

    private static Rooms only(String... packages) {
        return new Rooms(List.of(packages));
    }
}
