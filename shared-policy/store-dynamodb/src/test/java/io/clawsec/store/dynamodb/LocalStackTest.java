package io.clawsec.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of the tests against LocalStack can be looked at without Docker. */
class LocalStackTest {

    @Test
    void the_image_is_the_one_that_is_deployed_to_by_hand_and_has_a_version() {
        assertThat(LocalStack.image()).matches("localstack/localstack:[0-9]+\\.[0-9]+\\.[0-9]+(@sha256:[0-9a-f]{64})?");
    }
}
