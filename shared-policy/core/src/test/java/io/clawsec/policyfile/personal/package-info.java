/**
 * Personal data made up for tests, with real check digits that are reckoned here and not by the product, and the texts it
 * stands in. No rule and no validator belongs here.
 */
@NullMarked
package io.clawsec.policyfile.personal;

import org.jspecify.annotations.NullMarked;
