/** Alerts: what is wrong, with which payment, how much is at risk. */
package io.tillwatch.rules.alert;
