/** The settings of detection, each of which can be set per merchant, per acquirer or for all. */
package io.tillwatch.rules.policy;
