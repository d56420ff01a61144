/**
 * Views of one text, as somebody who reads through a disguise sees it, each with the way back to the original offsets:
 * folding, decoding, words put together, and the blocks by which an output is revealed. No rules and no patterns: what a
 * view means is judged elsewhere. Imports no sibling package.
 */
@NullMarked
package io.clawsec.guard.text;

import org.jspecify.annotations.NullMarked;
