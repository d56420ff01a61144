package io.clawsec.auditing;

import io.clawsec.audit.AuditRecord;
import io.clawsec.audit.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as every reader of the audit is shown it: what its record holds, and the record's hash. */
final class EventJson {

    private EventJson() {}

    static Map<String, @Nullable Object> of(StoredEvent stored) {
        Map<String, @Nullable Object> fields =
                new LinkedHashMap<>(AuditRecord.of(stored).fields());
        fields.put("hash", stored.hash());
        return fields;
    }
}
