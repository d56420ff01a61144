package io.clawsec.query;

import io.clawsec.guard.Guard;

/**
 * What one set of settings makes of a question: a request takes it once, so that it is judged, asked and answered by the
 * same settings from end to end.
 *
 * @param guard judges by the policy in force
 * @param agent asks the backend in force
 * @param answers tell of that policy
 */
record Engine(Guard guard, AgentQuery agent, QueryAnswers answers) {}
