/** Alerts as Prometheus Alertmanager takes them. */
package io.tillwatch.notifier.alertmanager;
