package io.clawsec.policyfile.personal;

import static io.clawsec.policyfile.personal.Reckoning.digits;
import static io.clawsec.policyfile.personal.Reckoning.luhn;
import static io.clawsec.policyfile.personal.Reckoning.number;
import static io.clawsec.policyfile.personal.Reckoning.random;
import static io.clawsec.policyfile.personal.Reckoning.rest97;

import java.util.List;
import java.util.Random;

/** Kinds without a check digit, or of many forms, over the whole width of the characters that they may hold. */
final class LooseKinds {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String HEX = "0123456789abcdefABCDEF";
    private static final String TRAVEL = "CFGHJKLMNPRTVWXYZ";

    private LooseKinds() {}

    static List<Kind> all() {
        return List.of(
                Kind.unchecked("passport", "passport", "@", LooseKinds::passport),
                Kind.unchecked("drivers-license", "driver license", "@", LooseKinds::licence),
                Kind.unchecked("email", "mail", "@", LooseKinds::email),
                Kind.unchecked("ipv6", "host", "@", LooseKinds::address),
                Kind.unchecked(
                        "mac-address",
                        "adapter",
                        "##:##:##:##:##:##|##-##-##-##-##-##",
                        random -> random(random, HEX, 10) + random(random, DIGITS, 2)),
                Kind.unchecked(
                        "mac-address",
                        "adapter",
                        "####.####.####",
                        random -> random(random, HEX, 3) + random(random, DIGITS, 1) + random(random, HEX, 7) + "a"),
                Kind.unchecked("iban", "IBAN", "@", LooseKinds::account),
                Kind.unchecked("payment-card", "card", "####-####-####-####", LooseKinds::card),
                Kind.unchecked("payment-card-short", "visa", "@", random -> luhn("4" + digits(random, 11))),
                Kind.unchecked("phone-uk phone-grouped", "phone", "@", LooseKinds::british),
                Kind.unchecked("phone-national phone-grouped", "tel", "@", LooseKinds::national),
                Kind.unchecked("swift-bic", "BIC", "@", LooseKinds::bank),
                Kind.unchecked(
                        "medical-record-number",
                        "MRN",
                        "@",
                        random -> random(random, UPPER, random.nextInt(4)) + digits(random, 7)));
    }

    private static String passport(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random(random, UPPER, 1 + random.nextInt(2)) + digits(random, 6 + random.nextInt(3));
            case 1 -> digits(random, 9);
            case 2 -> digits(random, 2) + random(random, UPPER, 2) + digits(random, 5);
            default ->
                random(random, TRAVEL, 1) + digits(random, 4) + random(random, TRAVEL + DIGITS, 3) + digits(random, 1);
        };
    }

    private static String licence(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> random(random, UPPER, 1 + random.nextInt(2)) + digits(random, 5 + random.nextInt(10));
            case 1 -> Kind.print(random(random, UPPER, 1) + digits(random, 11), "####-####-####");
            case 2 -> Kind.print(random(random, UPPER, 1) + digits(random, 12), "####-###-##-###-#");
            case 3 ->
                random(random, UPPER + "9", 5)
                        + digits(random, 6)
                        + random(random, UPPER + "9", 2)
                        + random(random, UPPER + DIGITS, 3);
            default -> digits(random, 7 + random.nextInt(3));
        };
    }

    private static String email(Random random) {
        return random(random, LOWER + UPPER + DIGITS, 1)
                + random(random, LOWER + UPPER + DIGITS + "._%+-", 1 + random.nextInt(12))
                + "@" + random(random, LOWER + UPPER + DIGITS + "-", 1 + random.nextInt(8)) + "."
                + random(random, LOWER + UPPER, 2 + random.nextInt(3));
    }

    private static String address(Random random) {
        StringBuilder groups = new StringBuilder(random(random, HEX, 1 + random.nextInt(4)));
        boolean whole = random.nextBoolean();
        int first = whole ? 7 : 1 + random.nextInt(3);
        for (int i = 0; i < first; i++) {
            groups.append(':').append(random(random, HEX, 1 + random.nextInt(4)));
        }
        return whole ? groups.toString() : groups + "::" + random(random, DIGITS, 1) + random(random, HEX, 3);
    }

    /** A country of no fixed length, so that letters may stand anywhere. */
    private static String account(Random random) {
        String body = random(random, UPPER + DIGITS, 13 + 4 * random.nextInt(4) + random.nextInt(3));
        String country = List.of("AO", "BJ", "ZW", "QX").get(random.nextInt(4));
        String whole = country + String.format("%02d", 98 - rest97(body + country + "00")) + body;
        return random.nextBoolean() ? whole : whole.replaceAll("(.{4})", "$1 ");
    }

    private static String card(Random random) {
        String issuer = List.of("4", "50", "51", "55", "59", "22", "27", "60", "62", "65", "67", "35")
                .get(random.nextInt(12));
        return luhn(issuer + digits(random, 15 - issuer.length()));
    }

    private static String british(Random random) {
        String lead = List.of("+44 ", "+44", "0").get(random.nextInt(3));
        return lead
                + switch (random.nextInt(4)) {
                    case 0 -> "7" + digits(random, 3) + " " + digits(random, 3) + " " + digits(random, 3);
                    case 1 -> "20 " + digits(random, 4) + " " + digits(random, 4);
                    case 2 -> "1" + digits(random, 3) + "-" + digits(random, 3) + "-" + digits(random, 3);
                    default ->
                        random(random, "38", 1) + digits(random, 2) + " " + digits(random, 3) + " " + digits(random, 4);
                };
    }

    private static String national(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Kind.print("0" + number(random, 1, 9, 1) + digits(random, 8), "##-##-##-##-##");
            case 1 -> "(0" + random(random, "23478", 1) + ") " + digits(random, 4) + " " + digits(random, 4);
            case 2 -> "04" + digits(random, 2) + " " + digits(random, 3) + " " + digits(random, 3);
            case 3 ->
                "1" + number(random, 3, 9, 1) + digits(random, 1) + "-" + digits(random, 4) + "-" + digits(random, 4);
            default -> "(" + digits(random, 2) + ") 9" + digits(random, 4) + "-" + digits(random, 4);
        };
    }

    private static String bank(Random random) {
        return random(random, UPPER, 4)
                + List.of("AD", "DE", "FR", "GB", "ZW", "US").get(random.nextInt(6))
                + random(random, UPPER + DIGITS, random.nextBoolean() ? 2 : 5);
    }
}
