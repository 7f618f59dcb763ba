/** What a responder is told: one file, with the environment over it. All that is wrong is said at once, with remedies. */
package io.tillwatch.responder.config;
