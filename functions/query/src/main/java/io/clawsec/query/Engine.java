package io.clawsec.query;

import io.clawsec.guard.Guard;
import io.clawsec.model.LanguageModel;

/**
 * What one set of settings makes of a question: a request takes it once, so that it is judged, asked and answered by the
 * same settings from end to end.
 *
 * @param guard judges by the policy in force
 * @param model the backend in force
 * @param answers tell of that policy
 */
record Engine(Guard guard, LanguageModel model, QueryAnswers answers) {}
