/** What pages ask of the projection. */
package io.tillwatch.console.query;
