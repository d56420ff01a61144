package io.clawsec.policyfile.personal;

import static io.clawsec.policyfile.personal.Reckoning.date;
import static io.clawsec.policyfile.personal.Reckoning.digits;
import static io.clawsec.policyfile.personal.Reckoning.luhn;
import static io.clawsec.policyfile.personal.Reckoning.multiple;
import static io.clawsec.policyfile.personal.Reckoning.number;
import static io.clawsec.policyfile.personal.Reckoning.random;
import static io.clawsec.policyfile.personal.Reckoning.rest97;
import static io.clawsec.policyfile.personal.Reckoning.sum;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;

/** What every country has, and the numbers of the United States. */
final class GeneralKinds {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String VIN_CHARACTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
    private static final String VIN_VALUES = "123456781234579234567890123456789";

    /** From EIP-55 itself, and the 52908400… examples of one case. */
    private static final List<String> ETHEREUM = List.of(
            "0x52908400098527886E0F7030069857D2E4169EE7",
            "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
            "0xde709f2102306220921060314715629080e2fb77",
            "0x27b1fdb04752bbc536007a920d24acb045561c26",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
            "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
            "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb");

    private GeneralKinds() {}

    static List<Kind> all() {
        return List.of(
                Kind.of(
                        "us-ssn",
                        "SSN|social security",
                        "###-##-####|### ## ####|###.##.####",
                        GeneralKinds::ssn,
                        value -> "000" + value.substring(3)),
                Kind.of(
                        "us-ssn-unformatted",
                        "SSN|social security number",
                        "#########",
                        GeneralKinds::ssn,
                        value -> "666" + value.substring(3)),
                Kind.of(
                        "us-itin",
                        "ITIN|taxpayer",
                        "###-##-####|### ## ####",
                        random -> "9" + digits(random, 2) + number(random, 70, 88, 2) + number(random, 1, 9_999, 4),
                        value -> value.substring(0, 3) + "15" + value.substring(5)),
                Kind.checked(
                        "routing-number",
                        "routing number|ABA",
                        "#########",
                        random -> multiple("0" + number(random, 1, 9, 1) + digits(random, 6), "3 7 1 3 7 1 3 7 1", 10)),
                Kind.checked(
                        "us-npi",
                        "NPI|National Provider Identifier",
                        "##########",
                        random -> luhn("80840" + number(random, 1, 2, 1) + digits(random, 8))
                                .substring(5)),
                Kind.of(
                        "us-mbi",
                        "MBI|Medicare card",
                        "###########|####-###-####",
                        random -> number(random, 1, 9, 1)
                                + mbi(random)
                                + mbi(random)
                                + number(random, 0, 9, 1)
                                + mbi(random)
                                + mbi(random)
                                + number(random, 0, 9, 1)
                                + mbi(random)
                                + mbi(random)
                                + number(random, 0, 99, 2),
                        value -> value.substring(0, 1) + "S" + value.substring(2)),
                Kind.checked("us-dea", "DEA|DEA number", "#########", random -> {
                    String body = digits(random, 6);
                    return random(random, "ABCDEFGHJKLMPRSTUX", 1)
                            + random(random, "ABCDEFGHKLMNPRSTWZ9", 1)
                            + body
                            + (sum(body, "1 0 1 0 1 0") + 2 * sum(body, "0 1 0 1 0 1")) % 10;
                }),
                Kind.of(
                        "vin",
                        "VIN|vehicle",
                        "#################",
                        GeneralKinds::vin,
                        value -> value.substring(0, 8)
                                + (value.charAt(8) == 'X'
                                        ? '0'
                                        : value.charAt(8) == '9' ? '0' : (char) (value.charAt(8) + 1))
                                + value.substring(9)),
                Kind.checked(
                        "payment-card",
                        "card|credit card",
                        "################|#### #### #### ####|####-####-####-####|####.####.####.####",
                        random -> luhn(random(random, "4", 1) + digits(random, 14))),
                Kind.checked(
                        "payment-card",
                        "amex|card",
                        "###############|#### ###### #####",
                        random -> luhn("37" + digits(random, 12))),
                Kind.checked(
                        "iban",
                        "IBAN|account",
                        "######################|#### #### #### #### #### ##",
                        random -> iban("DE", digits(random, 18))),
                Kind.checked(
                        "iban",
                        "IBAN|compte",
                        "###########################|#### #### #### #### #### #### ###",
                        random -> iban("FR", digits(random, 23))),
                Kind.checked("crypto-wallet", "wallet|address", "@", GeneralKinds::base58),
                Kind.unchecked(
                        "crypto-wallet", "wallet|ETH", "@", random -> ETHEREUM.get(random.nextInt(ETHEREUM.size()))),
                Kind.unchecked(
                        "passport",
                        "passport|Reisepass",
                        "@",
                        random -> random(random, "ACFGHJKZ", 1) + number(random, 1_000_000, 9_999_999, 8)),
                Kind.unchecked(
                        "drivers-license",
                        "driver's license|driving licence",
                        "@",
                        random -> random(random, "ABCDEFGHJKZ", 1) + number(random, 1_000_000, 9_999_999, 7)),
                Kind.unchecked(
                        "bank-account",
                        "account number|bank account",
                        "@",
                        random -> number(random, 10_000_000, 99_999_999, 8)),
                Kind.unchecked(
                        "swift-bic",
                        "SWIFT code|BIC",
                        "@",
                        random -> random(random, "ABCDEFGHKLMN", 4)
                                + List.of("DE", "FR", "GB", "US", "ES", "BR").get(random.nextInt(6))
                                + random(random, "ABCDEFGH123456", 2)),
                Kind.unchecked(
                        "email",
                        "e-mail|mail",
                        "@",
                        random -> random(random, "abcdefghijkl", 5) + "." + random(random, "mnopqrstu", 6) + "@"
                                + random(random, "abcdefgh", 6)
                                + List.of(".com", ".co.uk", ".example.org", ".de", ".museum")
                                        .get(random.nextInt(5))),
                Kind.unchecked(
                        "phone-us phone-grouped",
                        "phone|cell",
                        "(###) ###-####|###-###-####|### ### ####|###.###.####",
                        random -> number(random, 201, 989, 3) + number(random, 201, 989, 3) + digits(random, 4)),
                Kind.unchecked(
                        "phone-uk phone-grouped",
                        "phone|mobile",
                        "##### ######|##### ### ###",
                        random -> "07" + number(random, 100, 999, 3) + digits(random, 6)),
                Kind.unchecked(
                        "phone-international",
                        "phone|tel",
                        "+############|+## # ## ## ## ## #|+##-##-########",
                        random -> random(random, "3", 1)
                                + random(random, "1469", 1)
                                + number(random, 2, 9, 1)
                                + digits(random, 9)),
                Kind.unchecked(
                        "phone-national phone-grouped",
                        "t\u00E9l\u00E9phone|tel",
                        "## ## ## ## ##|##.##.##.##.##",
                        random -> "0" + number(random, 1, 9, 1) + digits(random, 8)),
                Kind.unchecked(
                        "phone-grouped",
                        "Telefon|Tel",
                        "### / ########|###-########|(###) ########",
                        random -> "0" + number(random, 20, 89, 2) + digits(random, 8)),
                Kind.unchecked(
                        "phone-unformatted",
                        "phone|mobile",
                        "##########",
                        random -> number(random, 201, 989, 3) + number(random, 201, 989, 3) + digits(random, 4)),
                Kind.unchecked("medical-record-number", "MRN|patient ID", "@", random -> digits(random, 8)),
                Kind.unchecked(
                        "date-of-birth",
                        "date of birth|DOB|Geburtsdatum",
                        "####-##-##|####/##/##",
                        random -> date(random, "yyyymmdd")),
                Kind.unchecked(
                        "date-of-birth",
                        "date of birth|born",
                        "##/##/####|##.##.####",
                        random -> date(random, "ddmmyyyy")),
                Kind.unchecked(
                        "street-address",
                        "address|home address",
                        "@",
                        random -> number(random, 1, 9_999, 1) + " "
                                + List.of("Maple", "Oak Hill", "N. Washington", "Elm")
                                        .get(random.nextInt(4)) + " "
                                + List.of("Street", "Ave", "Road", "Drive").get(random.nextInt(4))),
                Kind.unchecked(
                        "street-address",
                        "Anschrift|Adresse",
                        "@",
                        random -> List.of("Haupt", "Garten", "Linden", "Schul").get(random.nextInt(4))
                                + List.of("stra\u00DFe", "weg", "allee", "gasse")
                                        .get(random.nextInt(4)) + " "
                                + number(random, 1, 199, 1)),
                Kind.unchecked(
                        "ipv4",
                        "IP|client",
                        "@",
                        random -> "198.51." + number(random, 0, 255, 1) + "." + number(random, 1, 254, 1)),
                Kind.unchecked(
                        "ipv6",
                        "IP|peer",
                        "@",
                        random -> "2001:db8:" + random(random, "123456789abcdef", 4) + "::"
                                + random(random, "123456789abcdef", 3) + ":" + number(random, 1, 99, 1)),
                Kind.unchecked(
                        "mac-address",
                        "MAC|device",
                        "##:##:##:##:##:##|##-##-##-##-##-##",
                        random -> random(random, "0123456789", 2) + random(random, "0123456789abcdef", 10)));
    }

    private static String mbi(Random random) {
        return random(random, "ACDEFGHJKMNPQRTUVWXY", 1);
    }

    private static String ssn(Random random) {
        return number(random, 100, 665, 3) + number(random, 1, 99, 2) + number(random, 1, 9_999, 4);
    }

    private static String iban(String country, String account) {
        return country + String.format("%02d", 98 - rest97(account + country + "00")) + account;
    }

    private static String vin(Random random) {
        String body = random(random, VIN_CHARACTERS, 17);
        String[] weights = "8 7 6 5 4 3 2 10 0 9 8 7 6 5 4 3 2".split(" ", -1);
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (VIN_VALUES.charAt(VIN_CHARACTERS.indexOf(body.charAt(i))) - '0') * Integer.parseInt(weights[i]);
        }
        return body.substring(0, 8) + "0123456789X".charAt(sum % 11) + body.substring(9);
    }

    /** A Bitcoin address of the first kind. */
    private static String base58(Random random) {
        byte[] payload = new byte[21];
        random.nextBytes(payload);
        payload[0] = 0;
        payload[1] = 1; // one leading nought, so that exactly one 1 begins the address
        byte[] whole = ByteBuffer.allocate(25)
                .put(payload)
                .put(sha256(sha256(payload)), 0, 4)
                .array();
        BigInteger number = new BigInteger(1, whole);
        StringBuilder address = new StringBuilder();
        while (number.signum() > 0) {
            BigInteger[] parts = number.divideAndRemainder(BigInteger.valueOf(58));
            address.append(BASE58.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return address.append('1').reverse().toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
