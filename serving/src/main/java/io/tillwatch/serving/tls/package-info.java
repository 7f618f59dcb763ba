/** Whom processes believe when they ask others over TLS. */
package io.tillwatch.serving.tls;
