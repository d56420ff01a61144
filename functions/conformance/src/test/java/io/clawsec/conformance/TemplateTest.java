package io.clawsec.conformance;

import static io.clawsec.conformance.Clone.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.clawsec.json.Json;
import io.clawsec.testkit.CloudFormationYaml;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** template.yaml says what is there today, resolves, and tells no secrets. cfn-lint knows the rest. */
class TemplateTest {

    private static final Map<String, Object> TEMPLATE = CloudFormationYaml.load(Clone.TOP.resolve("template.yaml"));

    /** A new kind of resource is a decision: whoever makes it adds it here. */
    private static final Set<String> INTENDED_TYPES =
            Set.of("AWS::Logs::LogGroup", "AWS::Serverless::HttpApi", "AWS::DynamoDB::Table", "AWS::CloudWatch::Alarm");

    private static final Set<String> PSEUDO_PARAMETERS = Set.of(
            "AWS::AccountId", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackName", "AWS::URLSuffix");

    /** What the access log may tell. Not here: path, query string, headers, body, claims, address. */
    private static final Set<String> LOGGABLE = Set.of(
            "$context.requestId",
            "$context.requestTimeEpoch",
            "$context.routeKey",
            "$context.status",
            "$context.protocol",
            "$context.responseLength",
            "$context.responseLatency",
            "$context.integrationLatency",
            "$context.integrationStatus");

    /**
     * What alarms look at, as API Gateway and DynamoDB name it: CloudWatch takes any name and any dimensions, and adds up
     * over none that is left out, so that an alarm on what does not exist never rings.
     */
    private static final Set<Metric> WATCHED = Set.of(
            Metric.ofTheApi("5xx"),
            Metric.ofTheApi("Count"),
            Metric.ofTheApi("Latency"),
            Metric.ofWritesTo("AuditTable", "ThrottledRequests"),
            Metric.ofWritesTo("AuditTable", "SystemErrors"),
            Metric.ofWritesTo("AuditTable", "SuccessfulRequestLatency"),
            Metric.ofWritesTo("UsageTable", "ThrottledRequests"),
            Metric.ofWritesTo("UsageTable", "SystemErrors"),
            Metric.ofWritesTo("UsageTable", "SuccessfulRequestLatency"));

    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^!}][^}]*)}");
    private static final Pattern SECRET_LITERAL = Pattern.compile(
            "AKIA[0-9A-Z]{16}|sk-[A-Za-z0-9_-]{16,}|-----BEGIN|eyJ[A-Za-z0-9_-]{10,}\\.|gh[pousr]_[A-Za-z0-9]{20,}");

    @Test
    void everyReferenceResolves() {
        Set<String> referenced = new HashSet<>();
        walk(TEMPLATE, (key, value) -> referenced.addAll(references(key, value)));

        Set<String> known = new HashSet<>(PSEUDO_PARAMETERS);
        known.addAll(section("Parameters").keySet());
        known.addAll(section("Resources").keySet());
        assertThat(known).containsAll(referenced);
        assertThat(referenced)
                .as("no parameter is there for nothing")
                .containsAll(section("Parameters").keySet());
    }

    @Test
    void everyConditionResolvesAndIsUsed() {
        Set<String> used = new HashSet<>();
        walk(TEMPLATE, (key, value) -> {
            if (key.equals("Fn::If")) {
                used.add((String) ((List<?>) value).get(0));
            } else if (key.equals("Condition") && value instanceof String name) {
                used.add(name);
            }
        });
        assertThat(used).isEqualTo(section("Conditions").keySet());
    }

    @Test
    void onlyResourcesThatStandTodayAreInIt() {
        section("Resources")
                .forEach((name, resource) ->
                        assertThat(Clone.<String>at(resource, "Type")).as(name).isIn(INTENDED_TYPES));
    }

    @Test
    void thereIsNoSecretInIt() {
        assertThat(Clone.text(Clone.TOP.resolve("template.yaml"))).doesNotContainPattern(SECRET_LITERAL);
        walk(TEMPLATE, (key, value) -> {
            String name = key.toLowerCase(Locale.ROOT);
            if (Stream.of("secret", "password", "apikey", "api_key", "privatekey")
                    .anyMatch(name::contains)) {
                assertThat(value).as(key).isNotInstanceOf(String.class);
            }
        });
        section("Parameters")
                .forEach((name, parameter) -> assertThat(((Map<?, ?>) parameter).containsKey("NoEcho"))
                        .as("%s: a secret would be read from Secrets Manager, not passed as a parameter", name)
                        .isFalse());
    }

    @Test
    void theAccessLogTellsNothingThatACallerSent() throws Exception {
        String format = at(api(), "AccessLogSettings", "Format");
        Map<String, ?> fields = Json.parseObject(format.getBytes(StandardCharsets.UTF_8));
        assertThat(fields.values())
                .isNotEmpty()
                .allSatisfy(value -> assertThat(value).isIn(LOGGABLE));
        assertThat(Clone.<Object>at(api(), "AccessLogSettings", "DestinationArn", "Fn::GetAtt"))
                .isEqualTo("AccessLog.Arn");
        assertThat(Clone.<Map<String, Object>>at(section("Resources"), "AccessLog", "Properties"))
                .containsKeys("RetentionInDays", "KmsKeyId");
    }

    @Test
    void theApiIsThrottledAndLetsNoOriginInByItself() {
        assertThat(Clone.<Map<String, Object>>at(api(), "DefaultRouteSettings"))
                .containsKeys("ThrottlingRateLimit", "ThrottlingBurstLimit");
        List<?> cors = at(api(), "CorsConfiguration", "Fn::If");
        assertThat(cors.get(0)).isEqualTo("HasOrigins");
        assertThat(Clone.<Object>at(section("Parameters"), "AllowedOrigins", "Default"))
                .isEqualTo("");
        assertThat((Map<?, ?>) cors.get(1))
                .isNotEmpty()
                .satisfies(
                        rule -> assertThat(rule.toString()).doesNotContain("*").doesNotContain("AllowCredentials"));
    }

    @Test
    void alarmsWatchMetricsThatTheApiAndTheTablesHave() {
        Set<Metric> watched = new HashSet<>();
        section("Resources").forEach((name, resource) -> {
            if (at(resource, "Type").equals("AWS::CloudWatch::Alarm")) {
                walk(resource, (key, value) -> {
                    if (value instanceof Map<?, ?> map && map.containsKey("MetricName")) {
                        watched.add(new Metric(at(map, "Namespace"), at(map, "MetricName"), at(map, "Dimensions")));
                    }
                });
                Map<String, Object> alarm = at(resource, "Properties");
                assertThat(alarm).as(name).containsEntry("TreatMissingData", "notBreaching");
                assertThat(Clone.<String>at(alarm, "AlarmDescription")).as(name).isNotBlank();
            }
        });
        assertThat(watched).isEqualTo(WATCHED);
    }

    private record Metric(String namespace, String name, List<Map<String, Object>> dimensions) {

        static Metric ofTheApi(String name) {
            return new Metric("AWS/ApiGateway", name, List.of(dimension("ApiId", Map.of("Ref", "HttpApi"))));
        }

        /** The store writes events and counters by transactions. */
        static Metric ofWritesTo(String table, String name) {
            return new Metric(
                    "AWS/DynamoDB",
                    name,
                    List.of(
                            dimension("TableName", Map.of("Ref", table)),
                            dimension("Operation", "TransactWriteItems")));
        }

        private static Map<String, Object> dimension(String name, Object value) {
            return Map.of("Name", name, "Value", value);
        }
    }

    @Test
    void referencesInEveryFormAreSeen() {
        assertThat(references("Ref", "Nobody")).containsExactly("Nobody");
        assertThat(references("Fn::GetAtt", "Nobody.Arn")).containsExactly("Nobody");
        assertThat(references("Fn::GetAtt", List.of("Nobody", "Arn"))).containsExactly("Nobody");
        assertThat(references("Fn::Sub", "a ${Nobody} b ${Other.Arn} ${!Literal}"))
                .containsExactlyInAnyOrder("Nobody", "Other");
    }

    private static Set<String> references(String key, Object value) {
        Set<String> names = new HashSet<>();
        if (key.equals("Ref")) {
            names.add((String) value);
        } else if (key.equals("Fn::GetAtt")) {
            names.add(value instanceof List<?> parts ? (String) parts.get(0) : beforeDot((String) value));
        } else if (key.equals("Fn::Sub")) {
            SUBSTITUTION.matcher((String) value).results().forEach(hit -> names.add(beforeDot(hit.group(1))));
        } else if (key.equals("DependsOn")) {
            names.addAll(
                    value instanceof List<?> list
                            ? list.stream().map(String::valueOf).toList()
                            : List.of((String) value));
        }
        return names;
    }

    private static String beforeDot(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    /** Visits every key of every map in a tree. */
    private static void walk(Object tree, BiConsumer<String, Object> visitor) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visitor.accept(String.valueOf(key), value);
                walk(value, visitor);
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(value -> walk(value, visitor));
        }
    }

    private static Map<String, Object> section(String name) {
        return at(TEMPLATE, name);
    }

    private static Map<String, Object> api() {
        return at(TEMPLATE, "Resources", "HttpApi", "Properties");
    }
}
