/**
 * The life of one payment: records and deadlines taken one after the other in the order of arrival, each a step that
 * assesses the payment anew and says what changed.
 */
package io.tillwatch.rules.lifecycle;
