/** Policies as they reach every task: broadcast, changed one scope at a time, looked up when a payment asks. */
package io.tillwatch.jobs.policy;
