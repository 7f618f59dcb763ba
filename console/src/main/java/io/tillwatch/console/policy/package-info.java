/** What detection goes by, as people change it. */
package io.tillwatch.console.policy;
