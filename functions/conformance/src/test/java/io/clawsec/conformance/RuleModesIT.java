package io.clawsec.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes of rules and of whole categories over HTTP: what they change, and where it shows. */
@Timeout(120)
class RuleModesIT {

    private static final String PROMPT = "Mail jane.roe@example.com";

    private final RunningClawSec clawSec = RunningClawSec.start();

    @AfterEach
    void close() {
        clawSec.close();
    }

    private Reply modes(String json) {
        return clawSec.send(
                Ask.of("PATCH", "/config/policy").as("administrator").json("{\"updates\":{\"modes\":" + json + "}}"));
    }

    private Reply ask() {
        return clawSec.send(Ask.post("/query").as("developer").json("{\"prompt\":\"" + PROMPT + "\"}"));
    }

    private Map<String, Object> findings(Reply reply) {
        List<Map<String, Object>> findings = Clone.at(reply.json(), "findings");
        assertThat(findings).isNotEmpty();
        return findings.get(0);
    }

    private double metric(String name) {
        return clawSec.sendToManagement(Ask.get("/metrics"))
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_category_that_only_watches_is_told_shown_counted_and_audited_and_changes_nothing() {
        Reply before = ask();
        assertThat(findings(before)).containsEntry("rule", "email").containsEntry("action", "redact");
        Reply changed = modes("{\"pii\":\"monitor\",\"us-ssn\":\"off\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        Reply watched = ask();
        assertThat(findings(watched)).containsEntry("rule", "email").containsEntry("action", "monitor");
        assertThat(Clone.<List<?>>at(watched.json(), "pii_redacted", "input")).isEmpty();
        assertThat(watched.header("X-Clawsec-Policy")).isNotEqualTo(before.header("X-Clawsec-Policy"));
        assertThat(clawSec.events(watched.header("X-Request-Id")))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("event_type", "llm_query"));

        List<Map<String, Object>> rules =
                Clone.at(clawSec.send(Ask.get("/policy").as("auditor")).json(), "rules");
        assertThat(rules)
                .filteredOn(rule -> "pii".equals(rule.get("category")))
                .isNotEmpty()
                .allSatisfy(rule ->
                        assertThat(rule).containsEntry("mode", "us-ssn".equals(rule.get("id")) ? "off" : "monitor"));
        assertThat(rules)
                .filteredOn(rule -> !"pii".equals(rule.get("category")))
                .allSatisfy(rule -> assertThat(rule).containsEntry("mode", "enforce"));
        assertThat(metric("clawsec_rules_off")).isEqualTo(1);
        assertThat(metric("clawsec_rules_monitored")).isPositive();
        assertThat(clawSec.events(changed.header("X-Request-Id")))
                .singleElement()
                .satisfies(event -> assertThat(event.toString())
                        .contains("policy_changed", "pii={from=enforce, to=monitor}", "us-ssn={from=enforce, to=off}"));

        assertThat(modes("{}").status()).isEqualTo(200);
        assertThat(findings(ask())).containsEntry("action", "redact");
        assertThat(metric("clawsec_rules_monitored")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-rule", "length", "max-input-length", "Secret", ""})
    void what_is_neither_a_rule_nor_a_category_is_refused_by_its_name(String name) {
        Reply refused = modes("{\"email\":\"off\",\"" + name + "\":\"off\"}");
        assertThat(refused.status()).isEqualTo(422);
        List<Map<String, Object>> errors = Clone.at(refused.json(), "errors");
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .containsEntry("field", "modes." + name)
                        .containsEntry("message", "is neither a rule's id nor a category's name"));
        assertThat(findings(ask())).containsEntry("action", "redact");
    }
}
