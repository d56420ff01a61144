package io.clawsec.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** The house's floor plan: which room may know which. What of others only one room may touch is {@link LibraryRoomsTest}'s. */
@AnalyzeClasses(packages = "io.clawsec", importOptions = ArchitectureTest.Product.class)
final class ArchitectureTest {

    private static final String[] CORE = {
        "io.clawsec.access..",
        "io.clawsec.address..",
        "io.clawsec.audit..",
        "io.clawsec.call..",
        "io.clawsec.guard..",
        "io.clawsec.identity..",
        "io.clawsec.json..",
        "io.clawsec.model",
        "io.clawsec.model.mock..",
        "io.clawsec.policyfile..",
        "io.clawsec.settings..",
        "io.clawsec.store",
        "io.clawsec.telemetry",
        "io.clawsec.usage.."
    };

    private static final String[] FUNCTIONS = {
        "io.clawsec.issuetoken..", "io.clawsec.query..", "io.clawsec.auditing..", "io.clawsec.admin.."
    };

    /** Rooms outside the core that implement its ports. */
    private static final String[] ADAPTERS = {
        "io.clawsec.store.sql..",
        "io.clawsec.store.embedded..",
        "io.clawsec.store.postgres..",
        "io.clawsec.store.dynamodb..",
        "io.clawsec.model.openai..",
        "io.clawsec.telemetry.otlp.."
    };

    /** What everybody may use. */
    private static final String[] LANGUAGE = {"java..", "org.jspecify.."};

    private ArchitectureTest() {}

    /** The product's classes: no tests, and nothing that only tests use. */
    static final class Product implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("testkit");
        }
    }

    @ArchTest
    static final ArchRule top_level_packages_are_free_of_cycles =
            slices().matching("io.clawsec.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_edge_are_free_of_cycles =
            slices().matching("io.clawsec.edge.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_core_knows_the_core_the_language_and_its_libraries = classes()
            .that(are(resideInAnyPackage(CORE)))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                    .or(resideInAnyPackage(LANGUAGE))
                    .or(resideInAnyPackage(
                            "com.google.re2j..",
                            "io.jsonwebtoken..",
                            "javax.crypto..",
                            "org.yaml.snakeyaml..",
                            "tools.jackson.core..")));

    @ArchTest
    static final ArchRule the_guard_imports_no_sibling = classes()
            .that(are(resideInAnyPackage("io.clawsec.guard..")))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.clawsec.guard..", "com.google.re2j..")
                    .or(resideInAnyPackage(LANGUAGE)));

    @ArchTest
    static final ArchRule models_import_no_sibling = classes()
            .that(are(resideInAnyPackage("io.clawsec.model", "io.clawsec.model.mock..")))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("io.clawsec.model..").or(resideInAnyPackage(LANGUAGE)));

    @ArchTest
    static final ArchRule nobody_knows_a_store_of_many_processes_by_its_name = noClasses()
            .that(are(resideOutsideOfPackages("io.clawsec.store.dynamodb..", "io.clawsec.cli..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.clawsec.store.dynamodb.."));

    @ArchTest
    static final ArchRule stores_do_not_know_each_other = slices().matching(
                    "io.clawsec.store.(embedded|postgres|dynamodb)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule what_sql_stores_share_knows_none_of_them = noClasses()
            .that(are(resideInAnyPackage("io.clawsec.store.sql..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.clawsec.store.embedded..", "io.clawsec.store.postgres.."));

    @ArchTest
    static final ArchRule the_two_doors_do_not_know_each_other =
            slices().matching("io.clawsec.edge.(servlet|lambda)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule nobody_knows_the_exporter_by_its_name = noClasses()
            .that(are(resideOutsideOfPackages("io.clawsec.telemetry.otlp..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.clawsec.telemetry.otlp.."));

    @ArchTest
    static final ArchRule functions_never_depend_on_each_other = slices().matching("io.clawsec.(*)..")
            .that(are(slicesOf(FUNCTIONS)))
            .should()
            .notDependOnEachOther();

    /** All but their {@code main}, which names the door that the process has. */
    @ArchTest
    static final ArchRule functions_know_the_edge_by_its_front_room_only = noClasses()
            .that(are(resideInAnyPackage(FUNCTIONS)))
            .and()
            .haveSimpleNameNotEndingWith("Application")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.clawsec.edge.*..", "io.clawsec.store.*.."));

    @ArchTest
    static final ArchRule the_edge_knows_of_ours_the_core_only = classes()
            .that(are(resideInAnyPackage("io.clawsec.edge..")))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                    .or(resideInAnyPackage("io.clawsec.edge.."))
                    .or(resideOutsideOfPackages("io.clawsec..")));

    @ArchTest
    static final ArchRule adapters_know_of_ours_the_core_only = classes()
            .that(are(resideInAnyPackage(ADAPTERS)))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE)
                    .or(resideInAnyPackage(ADAPTERS))
                    .or(resideOutsideOfPackages("io.clawsec..")));

    @ArchTest
    static final ArchRule nobody_but_the_command_line_and_the_start_notice_talks_to_a_terminal = noClasses()
            .that(are(resideOutsideOfPackages("io.clawsec.cli..")))
            .and()
            .doNotHaveSimpleName("StartNotice")
            .should(ACCESS_STANDARD_STREAMS);

    /** A pattern may split at a separator, which is linear; matching a caller's text is RE2's. */
    @ArchTest
    static final ArchRule the_guard_matches_no_backtracking_pattern = noClasses()
            .that(are(resideInAnyPackage("io.clawsec.guard..")))
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Matcher.class)
            .orShould()
            .callMethod(Pattern.class, "asPredicate")
            .orShould()
            .callMethod(Pattern.class, "asMatchPredicate")
            .orShould()
            .callMethod(Pattern.class, "matches", String.class, CharSequence.class)
            .orShould()
            .callMethod(String.class, "matches", String.class)
            .orShould()
            .callMethod(String.class, "replaceAll", String.class, String.class)
            .orShould()
            .callMethod(String.class, "replaceFirst", String.class, String.class);

    @ArchTest
    static final ArchRule clocks_ids_and_chance_are_injected = noClasses()
            .that(are(resideInAnyPackage(CORE).or(resideInAnyPackage(FUNCTIONS))))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callConstructor(java.security.SecureRandom.class);

    @ArchTest
    static final ArchRule confidential_components_are_left_out_of_a_records_text = classes()
            .that()
            .areRecords()
            .and(are(resideOutsideOfPackages("io.clawsec.cli.."))) // the demo's people and prompts are made up
            .should(ConfidentialRecords.hideWhatIsConfidential());

    @ArchTest
    static final ArchRule nothing_is_null_unless_it_says_so = classes().should(new ArchCondition<>("be null-marked") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
            boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
            events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " is null-marked: " + marked));
        }
    });

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.library.dependencies.Slice>
            slicesOf(String... packages) {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "of functions", slice -> slice.stream().allMatch(resideInAnyPackage(packages)));
    }
}
