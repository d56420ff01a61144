package io.clawsec.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditQueryTest {

    @ParameterizedTest
    @ValueSource(ints = {1, AuditQuery.DEFAULT_LIMIT, AuditQuery.MOST})
    void a_page_holds_one_to_a_thousand_events(int limit) {
        assertThat(AuditQuery.newest(limit).limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, AuditQuery.MOST + 1})
    void and_no_other_number(int limit) {
        assertThatThrownBy(() -> AuditQuery.newest(limit)).isInstanceOf(IllegalArgumentException.class);
    }
}
