package io.clawsec.bench;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Thirteen injection patterns of the kind that a first gateway is written with, after a description of one: a word or two
 * each, found anywhere. What our rules are measured beside; never part of the product.
 */
final class BaselinePatterns {

    private static final List<Pattern> PATTERNS = List.of(
            pattern("ignore\\s+(?:all\\s+)?(?:previous|above|prior)\\s+(?:instructions|prompts?|rules)"),
            pattern("disregard\\s+(?:all\\s+)?(?:previous|above|prior)"),
            pattern("forget\\s+(?:everything|all|your)"),
            pattern("you\\s+are\\s+now"),
            pattern("act\\s+as"),
            pattern("pretend\\s+(?:to\\s+be|you)"),
            pattern(
                    "(?:reveal|show|print|repeat)\\s+(?:me\\s+)?(?:your|the)\\s+(?:system\\s+)?(?:prompt|instructions)"),
            pattern("new\\s+instructions?\\s*:"),
            pattern("jailbreak"),
            pattern("DAN"),
            pattern("do\\s+anything\\s+now"),
            pattern("developer\\s+mode"),
            pattern("(?:bypass|override)\\s+(?:your\\s+|all\\s+)?(?:safety|security|restrictions|filters|rules)"));

    private BaselinePatterns() {}

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    static boolean found(String text) {
        return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }
}
