package io.clawsec.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Texts that somebody made to be slow, by name, each of one length. */
final class HostileTexts {

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String ATTACK_WORDS =
            "ignore all previous the your instructions act as no rules you are now system"
                    + " prompt reveal my without any restrictions pretend to be developer mode";

    private final Random random;
    private final int length;

    private HostileTexts(Random random, int length) {
        this.random = random;
        this.length = length;
    }

    static Map<String, String> all(Random random, int length) {
        Map<String, String> all = new LinkedHashMap<>();
        new HostileTexts(random, length).texts().forEach((name, text) -> all.put(name, text.substring(0, length)));
        return all;
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        // what is known to have been slow somewhere
        texts.put("dob and spaces", "dob" + " ".repeat(length));
        texts.put("abab", repeated("ab"));
        texts.put("a and b", soup("ab"));
        texts.put("base64", soup(BASE64));
        // our own
        texts.put("hexadecimal", soup("0123456789abcdef"));
        texts.put("digits and signs", soup("0123456789 -.()/:+"));
        texts.put("printable", soup(printable()));
        texts.put("words of attacks", words(ATTACK_WORDS));
        texts.put("ignore all", repeated("ignore all "));
        texts.put("ignore, far from previous", far("ignore", "previous instructions"));
        texts.put("act as", repeated("act as a b c d e f g h i j k l m n o p without "));
        texts.put("sk-", repeated("sk-"));
        texts.put("a.b@", repeated("a.b@"));
        texts.put("passwords", repeated("password: x "));
        texts.put("begin key", repeated("-----BEGIN PRIVATE KEY-----\n"));
        texts.put("colons", repeated("1:"));
        return texts;
    }

    private String repeated(String unit) {
        return unit.repeat(length / unit.length() + 1);
    }

    private String far(String first, String second) {
        return first + " ".repeat(length - first.length() - second.length()) + second;
    }

    private String words(String words) {
        String[] all = words.split(" ", -1);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(all[random.nextInt(all.length)]).append(' ');
        }
        return text.toString();
    }

    private String soup(String letters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static String printable() {
        StringBuilder all = new StringBuilder();
        for (char character = ' '; character <= '~'; character++) {
            all.append(character);
        }
        return all.toString();
    }
}
