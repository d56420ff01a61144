/**
 * IP addresses: literals, blocks, and which of them a model backend may have. Belongs here: decisions on addresses. Does
 * not: connections.
 */
@NullMarked
package io.clawsec.address;

import org.jspecify.annotations.NullMarked;
