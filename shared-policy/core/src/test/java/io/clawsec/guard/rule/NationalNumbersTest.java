package io.clawsec.guard.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers that issuers, standards and encyclopedias print as examples. */
class NationalNumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            us-npi | 1234567893
            us-dea | F91234563
            us-dea | AB1234563
            vin | 1M8GDM9AXKP042788
            ca-sin | 046 454 286
            ca-sin | 130692544
            br-cpf | 529.982.247-25
            br-cpf | 111.444.777-35
            br-cnpj | 11.222.333/0001-81
            br-cnpj | 12.ABC.345/01DE-35
            ar-cuit | 20-05536168-2
            cl-rut | 76.086.428-5
            cl-rut | 12.531.909-2
            co-nit | 213.123.432-1
            co-nit | 800.197.268-4
            mx-curp | BOXW310820HNERXN09
            mx-curp | HEGG560427MVZRRL04
            mx-rfc | GODE561231GR8
            uk-nino | AB 12 34 56 C
            de-tax | 86095742719
            de-tax | 47036892816
            de-tax | 65929970489
            de-tax | 57549285017
            de-tax | 25768131411
            de-card | T220001293
            de-card | L01X00T471
            fr-nir | 2 55 08 14 168 025 38
            fr-nir | 269054958815780
            es-dni | 12345678Z
            es-dni | X1234567L
            it-code | RSSMRA85T10A562S
            it-code | MRTMTT25D09F205Z
            nl-bsn | 111222333
            nl-bsn | 123456782
            ch-ahv | 756.9217.0769.85
            pt-nif | 123456789
            ie-pps | 6433435F
            ie-pps | 6433435FW
            ie-pps | 6433435OA
            ie-pps | 1234567FA
            hr-oib | 33392005961
            hr-oib | 69435151530
            tr-tckn | 10000000146
            se-person | 811228-9874
            se-person | 19670919-9530
            se-person | 701063-2391
            no-birth | 15108695088
            no-birth | 01010750160
            no-birth | 30042099941
            dk-cpr | 211062-5629
            fi-hetu | 131052-308T
            fi-hetu | 131022B3082
            is-id | 120174-3399
            be-national | 85.07.30-033.28
            pl-pesel | 44051401359
            cz-birth | 736028/5163
            cz-birth | 710319/2745
            ro-cnp | 1630615123457
            bg-egn | 7523169263
            bg-egn | 8032056031
            at-svnr | 1237 010180
            baltic-id | 36805280109
            baltic-id | 33309240064
            gr-amka | 01013099997
            za-id | 8001015009087
            kr-rrn | 971013-9019902
            cn-id | 11010519491231002X
            cn-id | 440524188001010014
            in-aadhaar | 2341 2341 2346
            in-aadhaar | 4991 1866 5246
            in-pan | ABCPE1234F
            jp-number | 123456789018
            sg-nric | S1234567D
            sg-nric | G1234567X
            sg-nric | M1234567K
            tw-id | A123456789
            hk-id | A123456(3)
            hk-id | AB987654(3)
            hk-id | G123456(A)
            il-id | 039337423
            th-id | 3-1006-00445-63-5
            au-tfn | 123 456 782
            au-medicare | 2428 77813 2
            nz-ird | 49-091-850
            nz-ird | 35-901-981
            nz-ird | 136410132
            """)
    void aPublishedNumberIsConfirmedAndNoOtherLastDigitIs(String name, String published) {
        Validator validator = Validator.of(name).orElseThrow();
        assertThat(validator.confirms(published)).isTrue();
        boolean lastIsCheck = switch (name) {
            case "vin", "uk-nino", "in-pan", "dk-cpr", "is-id", "at-svnr", "au-medicare" -> false;
            case "ie-pps" -> published.length() == 8;
            default -> true;
        };
        int last = published.endsWith(")") ? published.length() - 2 : published.length() - 1;
        for (char other = '0'; lastIsCheck && other <= 'Z'; other++) {
            boolean sameSort = Character.isDigit(other) == Character.isDigit(published.charAt(last));
            if (Character.isLetterOrDigit(other) && sameSort && other != published.charAt(last)) {
                String changed = published.substring(0, last) + other + published.substring(last + 1);
                assertThat(validator.confirms(changed)).as(changed).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            us-npi | 3234567891 | begins with neither 1 nor 2
            vin | 1M8GDM9A1KP042788 | the ninth character is wrong
            vin | 11111111111111111 | stands for some number
            ca-sin | 800000002 | a business
            br-cpf | 111.111.111-11 | stands for some number
            br-cnpj | 00.000.000/0000-00 | stands for some number
            ar-cuit | 22-05536168-6 | no such prefix
            cl-rut | 11.111.111-1 | stands for some number
            mx-curp | BOXW311320HNERXN06 | no such month
            uk-nino | QQ123456C | the example that is never issued
            uk-nino | GB123456C | not a prefix
            uk-nino | AO123456C | no second letter O
            de-tax | 06095742719 | begins with nought
            de-tax | 12345678903 | no digit comes twice
            fr-nir | 2 55 13 14 168 025 28 | no such month
            nl-bsn | 000000000 | stands for some number
            ch-ahv | 757.9217.0769.82 | not Switzerland
            pt-nif | 501964843 | a company
            tr-tckn | 01000000046 | begins with nought
            se-person | 811328-9872 | no such month
            se-person | 17670919-9530 | too long ago
            no-birth | 15138695086 | no such month
            dk-cpr | 310262-5629 | no such day
            fi-hetu | 131052-001F | serials begin with 2
            fi-hetu | 310252-308S | no such day
            is-id | 120174-3389 | the ninth digit is wrong
            be-national | 85.07.32-033.28 | no such day
            pl-pesel | 44133401353 | no such day
            cz-birth | 731328/5163 | no such month
            ro-cnp | 1630615603457 | no such county
            at-svnr | 1238 010180 | the fourth digit is wrong
            baltic-id | 96805280109 | no such century
            za-id | 8001015009385 | no such citizenship
            kr-rrn | 971013-1019902 | the check fails
            cn-id | 91010519491231002X | no such place
            in-aadhaar | 1341 2341 2346 | begins with 1
            in-pan | ABCDE1234F | holds nothing that exists
            tw-id | A111111111 | stands for some number
            au-tfn | 111111111 | stands for some number
            au-medicare | 1428778132 | begins with 1
            nz-ird | 09-091-850 | too small
            mac | 1234.5678.9012 | dots and no letter
            wallet | 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD | upper and lower case fail the digest
            wallet | 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3 | the checksum fails
            wallet | ltc1qg42tkwuuxefutzxezdkdel39gfstuap288mfeb | the checksum fails
            """)
    void whatNobodyIssuesIsNotConfirmed(String name, String span, String reason) {
        assertThat(Validator.of(name).orElseThrow().confirms(span)).as(reason).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
        "0xde709f2102306220921060314715629080e2fb77",
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "ltc1qg42tkwuuxefutzxezdkdel39gfstuap288mfea",
        "addr1vx2fxv2umyhttkxyxp8x0dlpdt3k6cwng5pxj3jhsydzers66hrl8",
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
        "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
        "LaMT348PWRnrqeeWArpwQPbuanpXDZGEUz",
        "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L",
        "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
        "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"
    })
    void aPublishedWalletAddressIsConfirmed(String address) {
        assertThat(Validator.WALLET.confirms(address)).isTrue();
    }

    @Test
    void theDigestOfNothingAndOfAWordAreThoseOfTheKeccakTeam() {
        assertThat(HexFormat.of().formatHex(Keccak256.digest(new byte[0])))
                .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        assertThat(HexFormat.of().formatHex(Keccak256.digest("abc".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    }

    /** What Verhoeff's scheme was made for, beside single digits: two neighbours that change places. */
    @Test
    void twoNeighboursThatChangePlacesFailVerhoeff() {
        String number = "499118665246";
        for (int i = 1; i < number.length() - 1; i++) {
            String swapped = number.substring(0, i) + number.charAt(i + 1) + number.charAt(i) + number.substring(i + 2);
            assertThat(CheckDigits.verhoeff(swapped)).isEqualTo(swapped.equals(number));
        }
    }
}
