/**
 * Model backends that speak OpenAI's chat-completions protocol, over the JDK's HTTP client. Belongs here: how a backend is
 * reached, and what of its answer is believed. Does not: what may be asked, or what of the answer is shown.
 */
@NullMarked
package io.clawsec.model.openai;

import org.jspecify.annotations.NullMarked;
