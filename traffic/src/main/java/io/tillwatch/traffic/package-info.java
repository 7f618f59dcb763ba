/**
 * Realistic payments with known faults, and the truth about each: what the acquirer was told, what the feeds say of it,
 * and which alerts must follow.
 */
package io.tillwatch.traffic;
