/**
 * Keeps a faulty or slow catalogue from harming its clients more than it must: retries within a budget, circuit breakers, and concurrency
 * limits that follow the latency. {@code UpstreamOrder} defines where calls meet them.
 */
@NullMarked
package kinoteka.gateway.resilience;

import org.jspecify.annotations.NullMarked;
