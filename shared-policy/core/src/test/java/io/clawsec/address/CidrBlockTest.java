package io.clawsec.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

    @ParameterizedTest(name = "{0} contains {1}: {2}")
    @CsvSource({
        "10.0.0.0/8,        10.255.255.255,     true",
        "10.0.0.0/8,        11.0.0.0,           false",
        "10.1.2.3/8,        10.9.9.9,           true",
        "192.0.2.128/25,    192.0.2.127,        false",
        "192.0.2.128/25,    192.0.2.255,        true",
        "192.0.2.1,         192.0.2.1,          true",
        "192.0.2.1,         192.0.2.2,          false",
        "0.0.0.0/0,         203.0.113.9,        true",
        "0.0.0.0/0,         ::1,                false",
        "::/0,              192.0.2.1,          false",
        "::/0,              ::ffff:192.0.2.1,   false",
        "192.0.2.0/24,      ::ffff:192.0.2.1,   true",
        "fd00::/8,          fdff::1,            true",
        "fd00::/8,          fe00::1,            false",
        "2001:db8::/33,     2001:db8:8000::1,   false",
        "[::1]/128,         ::1,                true",
    })
    void a_block_contains_its_family_only(String block, String address, boolean contained) {
        assertThat(CidrBlock.parse(block).contains(IpAddress.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "10.0.0.0/0008",
                "10.0.0.0/١",
                "10/8",
                "proxy.example",
                "proxy.example/8",
                "::/129",
                "*"
            })
    void anything_else_is_refused_without_being_quoted(String text) {
        assertThatThrownBy(() -> CidrBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("proxy", "٤", "0008");
    }
}
