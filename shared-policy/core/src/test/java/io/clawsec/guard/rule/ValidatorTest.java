package io.clawsec.guard.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            luhn | 4111 1111 1111 1111 | true
            luhn | 378282246310005 | true
            luhn | 4111 1111 1111 1112 | false
            luhn | 0000000000000000 | false
            luhn | 4111 | false
            iban | GB82 WEST 1234 5698 7654 32 | true
            iban | NO93 8601 1117 947 | true
            iban | MT84MALT011000012345MTLCAST001S | true
            iban | GB82 WEST 1234 5698 7654 23 | false
            iban | GB82WEST | false
            nhs | 943 476 5919 | true
            nhs | 9434765918 | false
            nhs | 943476591 | false
            aba | 021000021 | true
            aba | 121000248 | true
            aba | 021000022 | false
            aba | 501000020 | false
            us-ssn | 123-45-6789 | true
            us-ssn | 000-45-6789 | false
            us-ssn | 666-45-6789 | false
            us-ssn | 900-45-6789 | false
            us-ssn | 123-00-6789 | false
            us-ssn | 123-45-0000 | false
            us-ssn | 078-05-1120 | false
            us-itin | 912-70-1234 | true
            us-itin | 912-93-1234 | false
            us-itin | 812-70-1234 | false
            phone | +44 20 7946 0018 | true
            phone | 000-000-0000 | false
            phone | 12345 | false
            bic | DEUTDEFF | true
            bic | DEUTXXFF | false
            document | AB123456 | true
            document | 0000000 | false
            date | 1990-02-28 | true
            date | 31/12/1990 | true
            date | 12/31/90 | true
            date | March 3, 1985 | true
            date | 13/13/1990 | false
            date | 1990-13-01 | false
            date | 01/02/1492 | false
            ipv4 | 192.168.0.1 | true
            ipv4 | 256.1.1.1 | false
            ipv4 | 01.2.3.4 | false
            ipv4 | 127.0.0.1 | false
            ipv4 | 1.2.3 | false
            ipv6 | 2001:db8::1 | true
            ipv6 | 2001:0db8:85a3:0000:0000:8a2e:0370:7334 | true
            ipv6 | ::ffff:192.0.2.1 | true
            ipv6 | 2001:db8::1::2 | false
            ipv6 | 1:2:3:4:5:6:7 | false
            ipv6 | 1:2:3:4:5:6:7:8:9 | false
            ipv6 | :1:2:3:4:5:6:7:8 | false
            ipv6 | ::1 | false
            ipv6 | 12345::1 | false
            mac | 00:1B:44:11:3A:B7 | true
            mac | ff:ff:ff:ff:ff:ff | false
            wallet | 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 | true
            wallet | 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3 | false
            wallet | bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq | true
            wallet | bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdx | false
            wallet | 0x52908400098527886E0F7030069857D2E4169EE7 | true
            wallet | 0x0000000000000000000000000000000000000000 | false
            token | sk-abc123456789012345678901234567890 | true
            token | sk-xxxxxxxxxxxxxxxxxxxxxxxx | false
            token | your-api-key-here | false
            token | ${API_KEY} | false
            password | hunter2 | true
            password | hunter2=AKIAIOSFODNN7EXAMPLE | true
            password | put-your-key-here-1 | false
            password | Tr0ub4dor&3 | true
            password | changeme | false
            password | <password> | false
            password | required | false
            password | [SECRET-REDACTED] | false
            password | m&addEventListener+o | false
            password | t=password+n&secret=j.xw4 | false
            password | hunter2&user=b | true
            password | Salt&Pepper1 | true
            issued | AKIAFAKE2FAKE3FAKE4F | true
            issued | AKIAIOSFODNN7EXAMPLE | false
            random | 0fa4e1fa4e2fa4e3fa4e4fa4e5fa4e6f | true
            random | 0123456789abcdef0123456789abcdef | false
            random | 00000000000000000000000000000001 | false
            random | getAccessTokenFromHeader | false
            random | qKzxPwVrtYbnMlcJ | true
            basic-auth | dXNlcjpodW50ZXIy | true
            basic-auth | dXNlcjo8cGFzc3dvcmQ+ | false
            basic-auth | aGVsbG8gd29ybGQ= | false
            basic-auth | !!!! | false
            discord-token | MTM1NzkyNDY4MDEzNTc5MjQ2.Fake0F.Fake0Fake1Fake2Fake3Fake4Fa | true
            discord-token | NotANumberInBase64AtAll.Fake0F.Fake0Fake1Fake2Fake3Fake4Fa | false
            github-token | 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 | true
            github-token | ghp_Fake0Fake1Fake2Fake3Fake4Fake5Fake6A | true
            github-token | ghp_abcdefghijklmnopqrstuvwxyz0123456789 | false
            gitlab-token | glpat-bzox79Of-KE9FD2LjoXXF4CvyxA.0r03gxo7s | true
            gitlab-token | glpat-xxxxxxxxxxxxxxxxxxxx | false
            age-key | 1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX | true
            age-key | XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX | false
            wallet-key | 5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ | true
            wallet-key | 5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTK | false
            wallet-key | 0 | false
            assigned-key | 0fake1fake2fake3 | true
            assigned-key | some_long_function_name | false
            high-entropy | q7Zx2Lp9Vb4Kd8Wm3Rt6Yn1Hc5Js0FgA | true
            high-entropy | getBase64EncodedAccessTokenFromHeader22 | false
            high-entropy | 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 | false
            jwt | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmYWtlIn0.c2ln | true
            jwt | eyJhIjoxfQ.eyJhIjoxfQ.c2ln | false
            none | anything | true
            """)
    void aValidatorConfirmsWhatItsSourceSays(String validator, String span, boolean confirmed) {
        assertThat(Validator.of(validator).orElseThrow().confirms(span)).isEqualTo(confirmed);
    }

    /** What the schemes were made for: one digit typed wrong is always seen. */
    @Test
    void aSingleWrongDigitFailsEveryChecksum() {
        for (String[] sample : new String[][] {
            {"luhn", "4111111111111111"},
            {"iban", "DE89370400440532013000"},
            {"nhs", "9434765919"},
            {"aba", "021000021"}
        }) {
            Validator validator = Validator.of(sample[0]).orElseThrow();
            for (int i = sample[0].equals("iban") ? 4 : 0; i < sample[1].length(); i++) {
                for (char digit = '0'; digit <= '9'; digit++) {
                    String changed = sample[1].substring(0, i) + digit + sample[1].substring(i + 1);
                    assertThat(validator.confirms(changed)).isEqualTo(changed.equals(sample[1]));
                }
            }
        }
    }

    @Test
    void noValidatorThrowsWhateverTheSpan() {
        long seed = 7L;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String alphabet = "0123456789abcxyzABCXYZ.:/-+ []=_\u00E9\uD83D";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder span = new StringBuilder();
            int length = random.nextInt(40);
            while (span.length() < length) {
                span.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (Validator validator : Validator.values()) {
                validator.confirms(span.toString());
            }
        }
    }

    @Test
    void entropyIsThatOfShannon() {
        assertThat(Credentials.entropy("aaaa")).isZero();
        assertThat(Credentials.entropy("abcd")).isEqualTo(2.0);
    }
}
