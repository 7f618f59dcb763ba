/** What the topics say, kept in PostgreSQL so that pages can ask: read once each, and made again at will. */
package io.tillwatch.console.projection;
