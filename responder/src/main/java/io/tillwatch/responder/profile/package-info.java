/** What each acquirer can do, how fast and how often it may be asked: configuration, one profile an acquirer. */
package io.tillwatch.responder.profile;
