package io.clawsec.query;

import io.clawsec.access.AccessPolicy;
import io.clawsec.guard.Guard;

/**
 * What one set of settings, and one version of the policy files, make of a question: a request takes it once, so that it
 * is limited, judged, asked and answered by the same of both from end to end.
 *
 * @param access the roles and limits of the policy in force
 * @param guard judges by that policy
 * @param agent asks the backend in force
 * @param answers tell of that policy
 * @param policyHash its SHA-256
 */
record Engine(AccessPolicy access, Guard guard, AgentQuery agent, QueryAnswers answers, String policyHash) {}
