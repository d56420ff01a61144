package io.clawsec.conformance;

import static io.clawsec.conformance.Clone.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clawsec.audit.EventType;
import io.clawsec.guard.rule.Category;
import io.clawsec.json.Json;
import io.clawsec.telemetry.Metric;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboards and alerts speak only of what the product measures. */
class DashboardsTest {

    private static final Path GRAFANA = Clone.TOP.resolve("dashboards/grafana/clawsec.json");
    private static final Path ALERTS = Clone.TOP.resolve("dashboards/prometheus/alerts.yaml");
    private static final Path ALERT_TESTS = Clone.TOP.resolve("dashboards/prometheus/alerts.test.yaml");

    /** What Prometheus itself adds to every series. */
    private static final Set<String> SCRAPE_LABELS = Set.of("job", "instance");

    private static final Pattern TEMPLATED_LABEL = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+),\\s*(\\w+)\\)");

    @Test
    void everyFileParses() throws Exception {
        List<Path> json = Clone.files("dashboards", ".json");
        List<Path> yaml = Clone.files("dashboards", ".yaml", ".yml");
        for (Path file : json) {
            assertThat(Json.parse(Clone.text(file))).as(file.toString()).isNotNull();
        }
        for (Path file : yaml) {
            assertThat(Clone.yaml(file)).as(file.toString()).isNotNull();
        }
        assertThat(json).contains(GRAFANA);
        assertThat(yaml).contains(ALERTS, ALERT_TESTS);
    }

    @Test
    void theDashboardUsesOnlyMetricsThatExist() throws Exception {
        List<Map<String, Object>> targets = targets();
        assertThat(targets).hasSizeGreaterThan(20);
        for (Map<String, Object> target : targets) {
            PromQl expression = check(at(target, "expr"));
            assertThat(expression.grouping())
                    .as("labels of the legend of %s", target)
                    .containsAll(templatedLabels(at(target, "legendFormat")));
        }
        for (Object annotation : Clone.<List<?>>at(dashboard(), "annotations", "list")) {
            check(at(annotation, "expr"));
        }
    }

    @Test
    void theDashboardsVariablesUseOnlyMetricsThatExist() throws Exception {
        int queries = 0;
        for (Object variable : Clone.<List<?>>at(dashboard(), "templating", "list")) {
            if (at(variable, "type").equals("query")) {
                Matcher call = LABEL_VALUES.matcher(at(variable, "query", "query"));
                assertThat(call.matches()).as("%s", variable).isTrue();
                PromQl expression = check(call.group(1));
                assertThat(labelsOf(expression.metrics().iterator().next())).contains(call.group(2));
                queries++;
            }
        }
        assertThat(queries).isPositive();
    }

    @Test
    void theDashboardShowsEveryMetric() throws Exception {
        Set<String> shown = new TreeSet<>();
        for (Map<String, Object> target : targets()) {
            shown.addAll(PromQl.of(at(target, "expr")).metrics());
        }
        for (Metric metric : Metric.values()) {
            assertThat(shown)
                    .as("series of %s", metric)
                    .anyMatch(name -> series(metric).containsKey(name));
        }
    }

    @Test
    void panelsHaveIdsOfTheirOwnAndSayWhatTheyShow() throws Exception {
        Set<Object> ids = new HashSet<>();
        for (Object panel : Clone.<List<?>>at(dashboard(), "panels")) {
            assertThat(ids.add(at(panel, "id"))).as("%s", panel).isTrue();
            if (!at(panel, "type").equals("row")) {
                assertThat(Clone.<String>at(panel, "description")).isNotBlank();
            }
        }
    }

    @Test
    void alertsUseOnlyMetricsThatExist() {
        for (Object alert : alerts()) {
            PromQl expression = check(at(alert, "expr"));
            Set<String> labels = new HashSet<>(expression.grouping());
            if (labels.isEmpty()) {
                expression.metrics().forEach(name -> labels.addAll(labelsOf(name)));
            }
            Clone.<Map<String, String>>at(alert, "annotations")
                    .values()
                    .forEach(text -> assertThat(labels).as(text).containsAll(templatedLabels(text)));
        }
    }

    @Test
    void everyAlertSaysWhatIsWrongAndWhatToDo() {
        Set<String> names = new HashSet<>();
        for (Object alert : alerts()) {
            assertThat(names.add(at(alert, "alert"))).as("%s", alert).isTrue();
            assertThat(Clone.<String>at(alert, "labels", "severity")).isIn("page", "ticket");
            assertThat(Clone.<String>at(alert, "annotations", "summary")).isNotBlank();
            assertThat(Clone.<String>at(alert, "annotations", "action")).hasSizeGreaterThan(40);
        }
        assertThat(names).hasSizeGreaterThan(5);
    }

    @Test
    void everyAlertHasNumbersThatRingIt() {
        String ringing = Clone.<List<?>>at(Clone.yaml(ALERT_TESTS), "tests").stream()
                .filter(test -> ((Map<?, ?>) test).containsKey("promql_expr_test"))
                .flatMap(test -> Clone.<List<?>>at(test, "promql_expr_test").stream())
                .flatMap(check -> Clone.<List<?>>at(check, "exp_samples").stream())
                .map(sample -> Clone.<String>at(sample, "labels"))
                .collect(Collectors.joining());
        for (Object alert : alerts()) {
            assertThat(ringing).contains("alertname=\"" + at(alert, "alert") + "\"");
        }
    }

    @Test
    void theAlertsTestsUseOnlyMetricsThatExist() {
        for (Object test : Clone.<List<?>>at(Clone.yaml(ALERT_TESTS), "tests")) {
            for (Object series : Clone.<List<?>>at(test, "input_series")) {
                check(at(series, "series"));
            }
        }
    }

    @Test
    void theScannerFindsTheNamesOfAnExpression() {
        PromQl found = PromQl.of(
                "histogram_quantile(0.99, sum by (le, stage) (rate(a_bucket{x=~\"b|c()\", y!='d'}[5m])))"
                        + " / on (instance) group_left count(e_total offset 1h) > bool 1e3 or vector(0) unless f{z=\"{}\"}[$i]");

        assertThat(found.metrics()).containsExactly("a_bucket", "e_total", "f");
        assertThat(found.grouping()).containsExactly("instance", "le", "stage");
        assertThat(found.matchers())
                .containsExactly(
                        new PromQl.Matcher("a_bucket", "x", "b|c()"),
                        new PromQl.Matcher("a_bucket", "y", "d"),
                        new PromQl.Matcher("f", "z", "{}"));
    }

    @Test
    void madeUpNamesAreCaught() {
        Stream.of(
                        "rate(llm_request_total[5m])",
                        "sum(rate(llm_requests_total[5m])) / sum(rate(made_up_total[5m]))",
                        "rate(llm_request_duration_seconds[5m])",
                        "llm_requests_total_bucket",
                        "sum by (user_id) (llm_requests_total)",
                        "llm_requests_total{type=\"injection\"}",
                        "llm_requests_total{le=\"1\"}",
                        "audit_events_total{event_type=\"llm_queries\"}",
                        "policy_violations_total{type=~\"injection|jailbreak\"}")
                .forEach(expression -> assertThatThrownBy(() -> check(expression))
                        .as(expression)
                        .isInstanceOf(AssertionError.class));
    }

    /** Checks every name in an expression against what the product measures. */
    private static PromQl check(String expression) {
        PromQl found = PromQl.of(expression);
        assertThat(found.metrics()).as(expression).isNotEmpty();
        for (String name : found.metrics()) {
            assertThat(labelsOf(name)).as(expression).containsAll(found.grouping());
        }
        for (PromQl.Matcher matcher : found.matchers()) {
            assertThat(labelsOf(matcher.metric())).as(expression).contains(matcher.label());
            checkValues(matcher);
        }
        return found;
    }

    private static void checkValues(PromQl.Matcher matcher) {
        for (String value : matcher.value().split("\\|")) {
            if (matcher.label().equals("event_type")) {
                assertThat(EventType.of(value)).as("event type %s", value).isPresent();
            } else if (matcher.label().equals("type")) {
                assertThat(Category.of(value)).as("category %s", value).isPresent();
            }
        }
    }

    /** The labels that a series may have; fails where nothing measures it. */
    private static Set<String> labelsOf(String series) {
        Map<String, Set<String>> known = new HashMap<>(Map.of("up", SCRAPE_LABELS));
        Stream.of(Metric.values()).forEach(metric -> known.putAll(series(metric)));
        assertThat(known).containsKey(series);
        return Objects.requireNonNull(known.get(series));
    }

    /** The series that a metric yields on {@code /metrics}, with their labels. */
    private static Map<String, Set<String>> series(Metric metric) {
        String name = metric.prometheusName();
        Set<String> labels = new TreeSet<>(metric.labels());
        labels.addAll(SCRAPE_LABELS);
        if (metric.kind() != Metric.Kind.TIMER) {
            return Map.of(name, labels);
        }
        Set<String> withBound = new TreeSet<>(labels);
        withBound.add("le");
        return Map.of(name + "_count", labels, name + "_sum", labels, name + "_bucket", withBound);
    }

    private static Set<String> templatedLabels(String text) {
        return TEMPLATED_LABEL.matcher(text).results().map(hit -> hit.group(1)).collect(Collectors.toSet());
    }

    private static Map<String, Object> dashboard() throws Exception {
        return Json.parseObject(Clone.text(GRAFANA).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Map<String, Object>> targets() throws Exception {
        List<Map<String, Object>> targets = new ArrayList<>();
        for (Object panel : Clone.<List<?>>at(dashboard(), "panels")) {
            if (!at(panel, "type").equals("row")) {
                targets.addAll(Clone.<List<Map<String, Object>>>at(panel, "targets"));
            }
        }
        return targets;
    }

    private static List<?> alerts() {
        return Clone.<List<?>>at(Clone.yaml(ALERTS), "groups").stream()
                .flatMap(group -> Clone.<List<?>>at(group, "rules").stream())
                .toList();
    }
}
