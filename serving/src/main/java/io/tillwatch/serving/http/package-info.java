/** What is asked of others over HTTP. */
package io.tillwatch.serving.http;
