package io.clawsec.conformance;

import io.clawsec.audit.AuditVerifier;
import io.clawsec.audit.StoredRecord.IndexedFields;
import io.clawsec.audit.Verification;
import io.clawsec.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a door's store holds in the end.
 *
 * @param ofAnswers each answered request with the types and outcomes of its events, and how often there was such a one
 * @param ofNoAnswer events of requests that nobody saw an answer to
 * @param verification what the verifier says of the chains
 */
record KeptEvents(Map<String, Integer> ofAnswers, List<String> ofNoAnswer, Verification verification) {

    static KeptEvents of(Door door) {
        try (Store store = door.store().open()) {
            Map<String, List<String>> byRequest = new HashMap<>();
            store.audit()
                    .forEachRecord(record -> byRequest
                            .computeIfAbsent(String.valueOf(record.indexed().requestId()), id -> new ArrayList<>())
                            .add(kind(record.indexed())));
            Map<String, Integer> ofAnswers = new TreeMap<>();
            for (AnsweredRequest answered : door.answered()) {
                List<String> events = byRequest.getOrDefault(answered.id(), List.of());
                ofAnswers.merge(answered.text() + " " + events.stream().sorted().toList(), 1, Integer::sum);
            }
            door.answered().forEach(answered -> byRequest.remove(answered.id()));
            return new KeptEvents(
                    ofAnswers,
                    byRequest.values().stream().flatMap(List::stream).sorted().toList(),
                    AuditVerifier.verify(store.audit()));
        }
    }

    private static String kind(IndexedFields event) {
        return event.type() + " " + event.outcome();
    }
}
