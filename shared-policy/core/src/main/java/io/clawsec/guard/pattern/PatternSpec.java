package io.clawsec.guard.pattern;

import java.util.List;

/**
 * One pattern as its author wrote it.
 *
 * @param id what a refusal names; several patterns may share one
 * @param regex RE2 syntax: no lookaround, no backreferences. Where it has a group named {@code value}, that group is
 *     the span that is reported, and a match in which the group takes no part is passed over: so a pattern can name
 *     what only looks like it. Without the group the whole match is the span
 * @param keywords literals of which every text with a match holds at least one, in any case; {@code #} stands for any
 *     digit. None: the pattern runs on every text
 * @param also a second such list; both must be met
 */
public record PatternSpec(String id, String regex, List<String> keywords, List<String> also) {

    public PatternSpec {
        keywords = List.copyOf(keywords);
        also = List.copyOf(also);
    }
}
